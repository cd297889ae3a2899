// Prints a GraphML or GEXF file as graphology sees it: read.js FILE
const fs = require('fs');
const Graph = require('graphology');

const file = process.argv[2];
const reader = require(file.endsWith('.gexf') ? 'graphology-gexf' : 'graphology-graphml');
const graph = reader.parse(Graph, fs.readFileSync(file, 'utf-8'));
console.log(JSON.stringify(graph.export()));
