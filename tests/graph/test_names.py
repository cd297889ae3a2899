"""Pairs of names that are, and that are not, names of one bearer."""

from __future__ import annotations

import pytest
from actorgraph.graph.names import parsed
from actorgraph.graph.resemblance import name_similarity, resemblance
from actorgraph.graph.spelling import romanised, sound
from hypothesis import given
from hypothesis import strategies as st

SAME = 0.77

PERSONS = """
Qassem Soleimani = Qasem Soleymani
Qassem Soleimani = Kassim Sulaimani
Qassem Soleimani = Ghassem Soleimani
General Qassem Soleimani = Qassem Soleimani
Maj. Gen. Qassem Soleimani = Qasem Soleimani
Soleimani, Qassem = Qassem Soleimani
Abu Mahdi al-Muhandis = Abu Mahdi al-Mohandes
Abu Mahdi al-Muhandis = Abu Mehdi al-Muhandis
Esmail Ghaani = Ismail Qaani
Esmail Ghaani = Esmaeil Ghaani
Qais al-Khazali = Qays al-Khazali
Hadi al-Ameri = Hadi al-Amiri
Muqtada al-Sadr = Moqtada al-Sadr
Nouri al-Maliki = Nuri al-Maliki
Hassan Nasrallah = Hasan Nasrullah
Ali Khamenei = Ayatollah Ali Khamenei
Mohammed Javad Zarif = Mohammad Javad Zarif
Mohammad Javad Zarif = Javad Zarif
Abdel Fattah el-Sisi = Abdul Fattah al-Sisi
Abdul Rahman Yousef = Abdurrahman Youssef
Abd al-Rahman Yusuf = Abdelrahman Yousef
Abdulaziz bin Saud = Abdelaziz ibn Saud
Muammar al-Gaddafi = Muammar al-Gadafi
Ayman al-Zawahiri = Ayman al-Zawahri
Khalifa Haftar = Khalifa Hafter
Yousef Raza Gilani = Yusuf Raza Gillani
Hamid Karzai = Hamed Karzai
Gulbuddin Hekmatyar = Gulbuddin Hikmatyar
Mullah Mohammad Omar = Mohammed Omar
Jalaluddin Haqqani = Jalaludin Haqqani
Salahuddin Rabbani = Salahuddin Rabani
Tayyip Erdogan = Tayyip Erdoğan
Mikhail Gorbachev = Mikhail Gorbachov
Mikhail Gorbachev = Михаил Горбачев
Sergei Shoigu = Sergey Shoygu
Sergei Shoigu = Сергей Шойгу
Yevgeny Prigozhin = Evgeny Prigozhin
Yevgeny Prigozhin = Jewgeni Prigoschin
Yevgeny Prigozhin = Евгений Пригожин
Valery Gerasimov = Valeriy Gerasimov
Dmitry Medvedev = Dmitri Medvedev
Dmitry Medvedev = Dmitry Anatolyevich Medvedev
Nikolai Patrushev = Nikolay Patrushev
Alexei Kudrin = Aleksey Kudrin
Viktor Medvedchuk = Victor Medvedchuk
Oleksandr Syrskyi = Oleksandr Syrsky
Valerii Zaluzhnyi = Valery Zaluzhny
Petro Poroshenko = Petro Poroschenko
Arseniy Yatsenyuk = Arseny Yatsenyuk
Alexander Lukashenka = Alexander Lukashenko
Ramzan Kadyrov = Рамзан Кадыров
Αλέξης Τσίπρας = Alexis Tsipras
Nikos Dendias = Νίκος Δένδιας
Slobodan Milošević = Slobodan Milosevic
Radovan Karadžić = Radovan Karadzic
Ratko Mladić = Ratko Mladic
François Mitterrand = Francois Mitterand
José María Aznar = Jose Maria Aznar
Jair Messias Bolsonaro = Jair Bolsonaro
Hugo Chávez Frías = Hugo Chavez Frias
William Burns = Bill Burns
Robert Gates = Bob Gates
Michael Pompeo = Mike Pompeo
Anthony Blair = Tony Blair
James Mattis = Jim Mattis
Joseph Biden = Joe Biden
Edward Heath = Ted Heath
Katherine Harris = Kathy Harris
L. Paul Bremer = Paul Bremer
John F. Kelly = John Kelly
J. F. Kelly = John Francis Kelly
D. Petraeus = David Petraeus
Stanley McChrystal = Stanley McCrystal
Kim Jong Il = Kim Jong-il
Park Geun-hye = Park Geun Hye
Ban Ki-moon = Ban Kimoon
Deng Xiaoping = Teng Hsiao-ping
Xi Jinping = Xi Jin Ping
Xi Jinping = 习近平
Ho Chi Minh = HoChiMinh
Suharto = Soeharto
Ashraf Ghani Ahmadzai = Ashraf Ghani
Bashar al-Assad = Bashar Assad
Bashar al-Assad = Bachar el-Assad
Mohammed bin Zayed = Muhammad bin Zayid
Hamad bin Isa Al Khalifa = Hamad ibn Issa Al Khalifa
Ursula von der Leyen = Ursula von der Leyen (CDU)
Ludwig van der Berg = Ludwig van den Berg
Dr. Ayad Allawi = Iyad Allawi
Sheikh Hasina Wajed = Hasina Wajed
Benjamin Netanyahu = Binyamin Netanyahu
Yitzhak Rabin = Itzhak Rabin
Ehud Barak = Ehoud Barak
Laurent Gbagbo = Laurent Gbabgo
Paul Kagame = Paul Kagamé
Isaias Afwerki = Isaias Afewerki
Ellen Johnson Sirleaf = Ellen Johnson-Sirleaf
Thein Sein = TheinSein
Nabih Berri = Nabih Berry
Walid Jumblatt = Waleed Jumblat
"""

OTHERS = """
the Quds Force = Quds Force
Quds Force = Qods Force
Kata'ib Hezbollah = Kataib Hizbollah
Hezbollah = Hizbullah
Al-Qaeda = al Qaida
Al-Shabaab = Al Shabab
Ansar Allah = Ansarallah
Ansar al-Sharia = Ansar Al Sharia
Ministry of Defence = Ministry of Defense
Department of Defense = Dept. of Defense
U.N. Security Council = United Nations Security Council
World Food Programme = World Food Program
WFP = World Food Programme
IAEA = International Atomic Energy Agency
N.A.T.O. = NATO
7 Division = Seventh Division
7th Division = 7 Division
82nd Airborne Division = 82 Airborne Division
XVIII Airborne Corps = 18th Airborne Corps
3rd Armoured Brigade = Third Armored Brigade
Twenty-Third Brigade = 23rd Brigade
Islamic Revolution Guard Corps = Islamic Revolutionary Guards Corps
Northrop Ltd = Northrop Limited
Rosneft OJSC = OAO Rosneft
Krupp Aktiengesellschaft = Krupp AG
Baghdad International Airport = Baghdad Intl Airport
Saint Petersburg = St. Petersburg
Mount Sinjar = Mt Sinjar
Badr Organization = Badr Organisation
Asa'ib Ahl al-Haq = Asaib Ahl al-Haq
MV Faina = Faina
"""

DIFFERENT_PERSONS = """
Mohammed Hassan = Mahmoud Hassan
Ali Hassan = Ali Hussein
George Bush = Barbara Bush
Hillary Clinton = Chelsea Clinton
Bashar al-Assad = Maher al-Assad
Bashar al-Assad = Hafez al-Assad
Ahmed Chalabi = Salem Chalabi
Uday Hussein = Qusay Hussein
Saddam Hussein = Uday Hussein
Viktor Yanukovych = Viktor Yushchenko
Viktor Orban = Viktor Bout
Sergei Lavrov = Sergei Ivanov
Dmitry Peskov = Dmitry Medvedev
Ivan Petrovich Orlov = Ivan Sergeevich Orlov
Petro Poroshenko = Oleksiy Poroshenko
Kim Jong-il = Kim Il-sung
Kim Yo-jong = Kim Yong-nam
Park Chung-hee = Park Geun-hye
Mohammed bin Salman = Mohammed bin Nayef
Salman bin Mohammed = Mohammed bin Salman
Khalid bin Sultan = Sultan bin Khalid
Nasser al-Otaibi = Nasser al-Qahtani
Yusuf al-Ani = Yusuf al-Tikriti
Abdul Rahim Khan = Abdul Wahid Khan
Mike Pompeo = Mike Pence
James Baker = James Mattis
Robert Gates = Robert Ford
Paul Bremer = Paul Wolfowitz
John Kerry = John Kelly
Donald Trump = Donald Tusk
Marie Dupont = Mathieu Dupont
Carlos Menem = Carlos Mesa
Daniel Noboa = Álvaro Noboa
Olav Jensen = Olav Hansen
Gul Agha = Gul Mohammad
Qassem Soleimani = Qasim al-Araji
Hassan Rouhani = Hassan Nasrallah
Ali Larijani = Sadeq Larijani
Ali Shamkhani = Ali Khamenei
Andrei Kolesnikov = Boris Kolesnikov
Raúl Castro = Ramón Castro
"""

DIFFERENT_OTHERS = """
7 Division = 9 Brigade
Quds Force = Badr Organization
Ministry of Defence = Ministry of Justice
Ministry of the Interior = Ministry of Finance
Supreme Court = Supreme Council
Kata'ib Hezbollah = Kata'ib Sayyid al-Shuhada
Islamic Jihad = Islamic State
Lashkar-e-Taiba = Lashkar-e-Jhangvi
Popular Front = Popular Mobilization
Bank of Libya = Bank of Syria
Radio Free Europe = Radio Free Asia
European Union = African Union
European Parliament = European Commission
North Korea = North Macedonia
South Sudan = South Africa
Niger River = Congo River
Camp Victory = Camp Bucca
Baghdad Airport = Basra Airport
WHO = World Food Programme
IAEA = International Energy Agency
Al-Nusra Front = Al-Aqsa Brigades
Patriotic Union of Kurdistan = Kurdistan Democratic Party
"""


def pairs(table: str, type_: str) -> list[tuple[str, str, str]]:
    lines = (line.split(" = ") for line in table.strip().splitlines())
    return [(left, right, type_) for left, right in lines]


ALIKE = [*pairs(PERSONS, "Person"), *pairs(OTHERS, "Organization")]
UNLIKE = [*pairs(DIFFERENT_PERSONS, "Person"), *pairs(DIFFERENT_OTHERS, "Organization")]


def test_the_table_is_large_enough() -> None:
    assert len({*ALIKE, *UNLIKE}) >= 150


@pytest.mark.parametrize(("left", "right", "type_"), ALIKE)
def test_same(left: str, right: str, type_: str) -> None:
    assert name_similarity(left, right, type_) >= SAME, resemblance(left, right, type_)


@pytest.mark.parametrize(("left", "right", "type_"), UNLIKE)
def test_different(left: str, right: str, type_: str) -> None:
    assert name_similarity(left, right, type_) < SAME, resemblance(left, right, type_)


@pytest.mark.parametrize(
    ("left", "right", "type_"),
    [
        ("7 Division", "3 Division", "MilitaryUnit"),
        ("Brigade 44", "Brigade 45", "MilitaryUnit"),
        ("Khalid bin Sultan", "Sultan bin Khalid", "Person"),
        ("Ivan Petrovich Orlov", "Ivan Sergeevich Orlov", "Person"),
    ],
)
def test_conflicts_forbid_to_merge(left: str, right: str, type_: str) -> None:
    assert resemblance(left, right, type_).conflicts


def test_reasons_say_what_was_compared() -> None:
    found = resemblance("Bill Burns", "William Burns", "Person")
    assert found.reasons == ("bill and william are forms of one name",)


def test_order_of_a_name_with_comma() -> None:
    assert [p.text for p in parsed("Orlov, Ivan", "Person").parts] == ["ivan", "orlov"]


def test_legal_form_and_numbers() -> None:
    name = parsed("Forty-Second Trading Company Limited", "Company")
    assert [p.text for p in name.parts] == ["42", "trading"]
    assert name.legal


def test_romanisations_sound_alike() -> None:
    assert sound("soleimani") == sound("suleymani") == sound("sulaimani")
    assert romanised("Łukasz Żółć") == "Lukasz Zolc"


NAMES = st.text(
    alphabet=st.characters(categories=("Lu", "Ll", "Lo", "Nd", "Zs", "Pd")), min_size=1, max_size=24
)


@given(NAMES, NAMES, st.sampled_from(["Person", "Organization", "LegalEntity", "Place"]))
def test_similarity_is_symmetric_and_bounded(left: str, right: str, type_: str) -> None:
    score = name_similarity(left, right, type_)
    assert 0 <= score <= 1
    assert score == name_similarity(right, left, type_)
    assert name_similarity(left, left, type_) == 1
