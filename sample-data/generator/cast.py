"""The people and companies of the sample workspace. All customers and staff are invented; vendors are either invented or
ordinary suppliers of the trade whose names a reader expects to see."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Customer:
    id: int
    name: str
    city: str
    industry: str
    terms: str                      # one of TERMS
    late: int                       # mean days between due date and payment
    seats: int
    start: date
    end: date | None = None
    pays_by: str = "ACH"

    @property
    def identifier(self) -> str:
        return "".join(c for c in self.name if c.isascii() and c.isalnum())[:18]


@dataclass
class Vendor:
    id: str
    name: str
    kind: str                       # distributor, cloud, tools, overhead, insurance, contractor
    terms: str
    currency: str = "USD"
    email: str = ""


@dataclass
class Person:
    id: str
    name: str
    title: str
    team: str                       # service or overhead
    salary: int                     # dollars a year
    hired: date
    left: date | None = None
    rate: int = 0                   # billable rate, dollars an hour
    roles: list[str] = field(default_factory=list)


TERMS = {"Net 30": 30, "Net 15": 15, "Net 45": 45, "Due on receipt": 0, "Net 10": 10, "2/10 net 30": 30, "Net 20": 20}

# name | city | industry | terms | days late | seats | first month | last month
_CUSTOMERS = """
Harlan Clinic|Harlan, IA|Healthcare|Net 30|9|58|2019-03|
Tri-County Co-op|Atlantic, IA|Agriculture|Net 30|12|30|2020-01|
Loess Hills Veterinary|Sioux City, IA|Healthcare|Net 30|2|17|2021-05|
Nishna Valley Foods|Shenandoah, IA|Manufacturing|Net 30|6|74|2018-02|
Keokuk Valley Schools|Keosauqua, IA|Education|Net 45|4|82|2020-07|
Müller Precision Tool|Cedar Falls, IA|Manufacturing|Net 30|-3|46|2019-09|
Café Lindgren|Stanton, IA|Hospitality|Due on receipt|3|8|2022-04|
José Ramírez Builders|Omaha, NE|Construction|Net 30|18|21|2021-10|
Cedar Bluff Dental|Council Bluffs, IA|Healthcare|Net 15|1|14|2022-08|
Platte Bend Title & Escrow|Fremont, NE|Real estate|Net 30|-2|19|2020-11|
Wapsi River Engineering|Anamosa, IA|Professional services|Net 30|5|33|2019-05|
Amana Ridge Furniture|Marengo, IA|Manufacturing|Net 30|8|38|2021-02|
Bluestem Credit Union|Lincoln, NE|Finance|Net 15|-4|52|2018-06|
Sandhills Cattle Exchange|Valentine, NE|Agriculture|Net 30|14|16|2022-01|
Grundy County Abstract|Grundy Center, IA|Real estate|Net 30|0|9|2023-03|
Prairie Rose Senior Living|Ames, IA|Healthcare|Net 30|4|41|2020-09|
Boone Junction Hardware|Boone, IA|Retail|Net 15|7|12|2022-10|
Heritage Oak Law Group|Des Moines, IA|Legal|Net 30|3|36|2019-11|
Quad Rivers Logistics|Davenport, IA|Transport|Net 30|11|67|2018-10|
Maple Fork Accounting|Waukee, IA|Professional services|Net 15|-5|18|2021-01|
Iron Horse Rail Supply|Creston, IA|Manufacturing|Net 45|6|29|2020-03|
Thistle & Vine Events|West Des Moines, IA|Hospitality|Due on receipt|5|7|2023-06|
Okoboji Marine Works|Spirit Lake, IA|Retail|Net 30|16|15|2022-03|
Central Plains Pediatrics|Grand Island, NE|Healthcare|Net 30|2|27|2020-05|
Fox Hollow Golf & Turf|Urbandale, IA|Hospitality|Net 30|9|11|2023-04|
Midland Grain Inspection|Sioux Falls, SD|Agriculture|Net 30|1|22|2021-07|
Blackhawk Steel Fabricators|Waterloo, IA|Manufacturing|Net 45|8|55|2019-02|
St. Odile Parish Schools|Dubuque, IA|Education|Net 30|5|48|2020-08|
Riverbend Orthopedics|Muscatine, IA|Healthcare|Net 30|-1|34|2021-03|
Cornerstone Realty Partners|Ankeny, IA|Real estate|Net 15|2|20|2022-06|
Hawkeye Pump & Well|Iowa City, IA|Construction|Net 30|10|13|2023-01|
Norwood Family Pharmacy|Indianola, IA|Healthcare|Net 15|0|10|2022-02|
Elkhorn Valley Bank|Norfolk, NE|Finance|Net 15|-3|44|2018-08|
Turkey River Brewing|Decorah, IA|Hospitality|Net 30|13|9|2023-09|
Lakota Ridge Energy|Vermillion, SD|Energy|Net 30|4|26|2021-11|
Northstar Seed Genetics|Mason City, IA|Agriculture|Net 30|3|37|2019-12|
Pella Crossing Windows|Pella, IA|Manufacturing|Net 30|5|61|2018-04|
Redbird Insurance Agency|Marshalltown, IA|Finance|Due on receipt|1|16|2022-05|
Oak & Anchor Architects|Iowa City, IA|Professional services|Net 30|6|18|2021-09|
Butler County Health Alliance|Allison, IA|Healthcare|Net 45|7|39|2020-02|
Clearwater Title Services|Clear Lake, IA|Real estate|Net 30|2|8|2023-02|
Siouxland Truck Center|Sioux City, IA|Transport|Net 30|12|31|2020-12|
Bright Furrow Organics|Fairfield, IA|Agriculture|Net 30|15|12|2022-09|
Dry Creek Ranch Supply|Kearney, NE|Retail|Net 15|4|14|2022-07|
Adair Public Library District|Adair, IA|Government|Net 45|3|11|2021-06|
Founders Square Dental|Johnston, IA|Healthcare|Net 15|0|13|2023-05|
Stonebridge Wealth Advisors|West Des Moines, IA|Finance|Due on receipt|-2|17|2020-10|
Kossuth Wind Services|Algona, IA|Energy|Net 30|7|24|2021-12|
Harvest Moon Bakery Group|Omaha, NE|Hospitality|Net 15|8|19|2022-11|
Little Sioux Telehealth|Cherokee, IA|Healthcare|Net 30|5|15|2023-07|
Granite Falls Excavating|Sioux Falls, SD|Construction|Net 30|19|10|2023-08|
Papillion Creek Church|Papillion, NE|Nonprofit|Net 30|1|12|2021-04|
Emerson Foundry|Burlington, IA|Manufacturing|Net 45|5|43|2019-07|
Twin Cedars Eye Care|Newton, IA|Healthcare|Net 15|2|11|2022-12|
Frontier Legal Aid|Lincoln, NE|Nonprofit|Net 30|9|14|2020-06|
Galva Implement|Galva, IA|Agriculture|Net 30|11|20|2021-08|
Walnut Street Theatre Guild|Des Moines, IA|Nonprofit|Net 30|13|6|2023-10|
High Plains Surveying|North Platte, NE|Professional services|Net 30|3|9|2022-03|
Missouri Valley Cold Storage|Council Bluffs, IA|Transport|Net 30|6|28|2020-04|
Vesterheim Cabinetry|Decorah, IA|Manufacturing|Net 30|4|16|2021-05|
Union Depot Hotels|Omaha, NE|Hospitality|Net 30|10|32|2019-08|
Jasper County Mutual|Newton, IA|Finance|Net 15|-2|23|2020-01|
Wild Plum Child Care|Ames, IA|Education|Due on receipt|4|9|2023-11|
Skunk River Paper|Oskaloosa, IA|Manufacturing|Net 30|5|35|2019-10|
Ledges Orthodontics|Boone, IA|Healthcare|Net 15|1|10|2022-08|
Kilian & Søns Plumbing|Elk Horn, IA|Construction|Net 30|8|12|2022-05|
Big Sioux Physical Therapy|Brookings, SD|Healthcare|Net 30|3|18|2021-10|
Capitol Court Reporters|Des Moines, IA|Legal|Net 30|2|8|2023-03|
Meadowlark Hospice|Storm Lake, IA|Healthcare|Net 30|6|21|2020-11|
Raccoon River Outfitters|Adel, IA|Retail|Net 15|9|7|2023-12|
Summit Ridge Orthotics|Rapid City, SD|Healthcare|Net 30|4|12|2022-01|
Van Meter Precast|Van Meter, IA|Construction|Net 30|7|25|2024-02|
Wayside Animal Rescue|Bellevue, NE|Nonprofit|Net 30|5|6|2024-05|2026-06
Hollis & Grant CPA|Clive, IA|Professional services|Net 15|-3|15|2024-06|
Tallgrass Home Health|Hastings, NE|Healthcare|Net 30|8|22|2024-08|
Corydon Auto Group|Corydon, IA|Retail|Net 30|14|18|2022-02|2025-08
Lone Elm Properties|Olathe, KS|Real estate|Net 30|24|9|2023-05|2025-05
Sawmill Point Lumber|La Crosse, WI|Manufacturing|Net 30|6|19|2021-03|2026-02
Greater Ottumwa Clinic|Ottumwa, IA|Healthcare|Net 30|5|40|2025-01|
Three Forks Packaging|Carroll, IA|Manufacturing|Net 30|4|45|2025-03|
Bremer Ag Credit|Waverly, IA|Finance|Net 15|0|20|2025-04|
Eastgate Veterinary|Cedar Rapids, IA|Healthcare|Net 15|2|12|2025-06|
Hillcrest Montessori|Iowa City, IA|Education|Net 30|3|14|2025-07|
Nebraska Sod & Seed|York, NE|Agriculture|Net 30|9|11|2025-09|
Ridgeway Machine|Bettendorf, IA|Manufacturing|Net 30|5|33|2025-10|
Sundown Solar Co-operative|Winterset, IA|Energy|Net 30|7|17|2025-12|
Cattail Creek Winery|Madrid, IA|Hospitality|Due on receipt|6|8|2026-01|
Ashgrove Surgical Center|Ames, IA|Healthcare|Net 30|2|36|2026-03|
Plum Creek Charter School|Lincoln, NE|Education|Net 30|4|25|2026-05|
Ostrander Farms|Le Mars, IA|Agriculture|Net 30|10|13|2026-06|
Belle Plaine Bottling|Belle Plaine, IA|Manufacturing|Net 30|5|29|2026-08|
Lindqvist Dental Lab|Urbandale, IA|Healthcare|Net 15|1|9|2026-09|
"""

VENDORS = [
    Vendor("V01", "Ingram Micro", "distributor", "2/10 net 30"),
    Vendor("V02", "TD SYNNEX", "distributor", "Net 30"),
    Vendor("V03", "Pax8", "cloud", "Net 20"),
    Vendor("V04", "ConnectWise", "tools", "Net 15"),
    Vendor("V05", "Nordlicht Software GmbH", "tools", "Net 30", "EUR"),
    Vendor("V06", "Prairie Crossing Properties", "overhead", "Due on receipt"),
    Vendor("V07", "Corn Belt Mutual Insurance", "insurance", "Net 15"),
    Vendor("V08", "Hawkeye Fiber & Voice", "overhead", "Net 15"),
    Vendor("V09", "MidState Electric", "overhead", "Net 20"),
    Vendor("V10", "Lund & Abbott CPAs", "overhead", "Net 30"),
    Vendor("V11", "Blue Heron Marketing", "overhead", "Net 30"),
    Vendor("V12", "Heartland Benefit Trust", "overhead", "Due on receipt"),
    Vendor("V13", "Kestrel Cabling, LLC", "contractor", "Net 15"),
    Vendor("V14", "Wolfe Fleet Service", "overhead", "Net 15"),
    Vendor("V15", "Cañon Office Supply", "overhead", "Net 30"),
]

PEOPLE = [
    Person("P01", "Dana Whitfield", "Owner and CEO", "overhead", 138000, date(2008, 4, 1), roles=["executive"]),
    Person("P02", "Marcus Oyelaran", "Service manager", "overhead", 98000, date(2013, 6, 3), roles=["manager"]),
    Person("P03", "Ellen Sorensen", "Finance manager", "overhead", 82000, date(2015, 2, 2), roles=["finance"]),
    Person("P04", "Priya Raman", "Account manager", "overhead", 84000, date(2019, 8, 12), roles=["sales"]),
    Person("P05", "Tom Becker", "Account executive", "overhead", 72000, date(2021, 1, 11), roles=["sales"]),
    Person("P06", "Lucía Ortega", "Marketing coordinator", "overhead", 54000, date(2022, 5, 2), roles=["marketing"]),
    Person("P07", "Greg Haslam", "Dispatcher", "overhead", 48000, date(2020, 3, 16), roles=["service"]),
    Person("P08", "Nora Kim", "Procurement coordinator", "overhead", 52000, date(2023, 2, 6), roles=["purchasing"]),
    Person("P09", "Owen Tate", "vCIO", "overhead", 96000, date(2018, 9, 4), rate=185, roles=["consultant"]),
    Person("P10", "Sam Delgado", "Senior engineer", "service", 92000, date(2014, 10, 6), rate=165, roles=["engineer"]),
    Person("P11", "Hanna Fischer", "Senior engineer", "service", 90000, date(2016, 1, 18), rate=165, roles=["engineer"]),
    Person("P12", "Victor Lindahl", "Security engineer", "service", 94000, date(2019, 4, 22), rate=175, roles=["engineer", "security"]),
    Person("P13", "Aisha Bello", "Cloud engineer", "service", 86000, date(2020, 7, 13), rate=165, roles=["engineer"]),
    Person("P14", "Pete Novak", "Project engineer", "service", 80000, date(2018, 11, 5), rate=150, roles=["engineer"]),
    Person("P15", "Renée Gauthier", "Project engineer", "service", 78000, date(2021, 6, 21), rate=150, roles=["engineer"]),
    Person("P16", "Caleb Stone", "Systems engineer", "service", 70000, date(2020, 9, 14), rate=140, roles=["engineer"]),
    Person("P17", "Mia Thornton", "Systems engineer", "service", 68000, date(2022, 3, 7), rate=140, roles=["engineer"]),
    Person("P18", "Luis Carranza", "Systems engineer", "service", 66000, date(2022, 10, 3), rate=140, roles=["engineer"]),
    Person("P19", "Jody Pruitt", "Help desk technician", "service", 52000, date(2021, 11, 1), rate=125, roles=["technician"]),
    Person("P20", "Ben Achterberg", "Help desk technician", "service", 50000, date(2023, 5, 15), rate=125, roles=["technician"]),
    Person("P21", "Kayla Moss", "Help desk technician", "service", 48000, date(2023, 9, 11), rate=125, roles=["technician"]),
    Person("P22", "Dev Patel", "Help desk technician", "service", 47000, date(2024, 6, 10), rate=125, roles=["technician"]),
    Person("P23", "Ingrid Halvorsen", "Field technician", "service", 51000, date(2022, 8, 1), rate=130, roles=["technician"]),
    Person("P24", "Noah Bright", "Help desk technician", "service", 46000, date(2025, 2, 17), rate=125, roles=["technician"]),
    Person("P25", "Zoe Marchetti", "Systems engineer", "service", 69000, date(2025, 9, 8), rate=140, roles=["engineer"]),
    Person("P26", "Rob Ellison", "Systems engineer", "service", 67000, date(2021, 4, 5), date(2025, 8, 15), 140, ["engineer"]),
]


def customers() -> list[Customer]:
    result = []
    for index, row in enumerate(_CUSTOMERS.strip().splitlines()):
        name, city, industry, terms, late, seats, start, end = row.split("|")
        year, month = map(int, start.split("-"))
        last = None
        if end:
            last_year, last_month = map(int, end.split("-"))
            last = date(last_year + last_month // 12, last_month % 12 + 1, 1)
        method = ("ACH", "ACH", "Check", "ACH", "Card", "Check")[index % 6] if terms != "Due on receipt" else "Card"
        result.append(Customer(1001 + index, name, city, industry, terms, int(late), int(seats),
                               date(year, month, 1), last, method))
    return result
