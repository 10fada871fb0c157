// Waiting for a heart: 103 patients of the Stanford programme, Crowley and Hu (1977), Journal of the American
// Statistical Association 72, 27-36, as distributed with R's survival. Each word is
// days until the transplant + days until death or the end / died, surgery before / age in days / days since October 1967
// at acceptance; without "+" nobody was transplanted.
const WORDS = `
50/10/11266/45 6/10/18933/93 1+16/10/19832/97 36+39/10/14706/179 18/10/7592/222 3/10/19941/256 51+675/10/18580/285
40/10/16564/305 85/10/17226/313 12+58/10/15524/315 26+153/10/17525/319 8/10/19429/352 17+81/10/19933/354
37+1387/10/19728/355 1/11/19656/362 28+308/10/18061/391 36/10/7426/393 20+43/10/20764/397 37/10/21595/414
18+28/10/20191/486 8+1032/10/15831/489 12+51/10/15627/534 3+733/10/21315/558 83+219/10/18920/572 25+1800/00/12135/575
1401/00/11153/578 263/10/3209/581 71+72/10/19732/615 35/10/18421/652 16+852/10/16404/688 16/10/20047/692
17+77/10/23525/698 51+1587/00/17862/788 23+1572/00/14812/803 12/10/15876/843 46+100/10/17870/916 19+66/10/22463/937
4.5+5/10/15147/947 2+53/10/18452/962 41+1408/01/17708/967 58+1322/01/16547/1053 3/10/13310/1055 2/11/15849/1117
40/11/15552/1156 1+45/10/13216/1192 2+996/11/17755/1197 21+72/10/17203/1220 9/10/20467/1223 36+1142/01/13388/1233
83+980/11/16760/1233 32+285/10/17800/1270 102/10/15066/1302 41+188/10/17292/1370 3/10/17456/1370 10+61/10/19159/1408
67+942/00/14151/1433 149/10/15072/1443 21+343/11/17538/1453 78+916/01/15115/1459 3+68/10/17917/1509 2/10/19199/1525
69/10/14374/1530 27+842/00/11929/1533 33+584/11/17830/1584 12+78/10/18735/1618 32/10/19436/1632 57+285/10/7141/1635
3+68/10/16524/1650 10+670/00/17528/1705 5+30/10/19359/1721 31+620/00/17316/1755 4+596/00/9762/1779 27+90/10/20575/1807
5+17/10/10653/1814 2/10/19059/1825 46+545/01/19024/1830 21/10/15016/1832 210+515/00/17789/1860 67+96/10/19644/1887
26+482/01/16964/1893 6+445/00/19319/1930 428/00/10666/1492 32+80/10/19471/1942 37+334/10/15603/1948 5/10/17525/1955
8+397/00/17868/1978 60+110/10/16894/1998 31+370/00/19856/2005 139+207/10/18645/2013 160+186/11/19005/2014
340/10/17384/2021 310+340/00/16430/2035 28+265/00/17441/2110 4+165/11/16013/2175 2+16/10/14713/2183
13+180/00/9734/2195 21+131/00/8626/2244 96+109/00/10457/2266 21/10/18202/2277 38+39/01/12806/2336 31/00/18086/2344
11/00/14753/2364 6/10/14360/-18
`

const DAYS_PER_YEAR = 365.25

/** Columns age in years less 48, year of acceptance, surgery before, transplanted; a transplant begins a new row. */
export const heart = read(WORDS.trim().split(/\s+/))

function read(words: readonly string[]) {
  const rows = words.flatMap((word) => {
    const [days = '', flags = '', age, accepted] = word.split('/')
    const [died, surgery] = Array.from(flags, Number)
    const fixed = [Number(age) / DAYS_PER_YEAR - 48, Number(accepted) / DAYS_PER_YEAR, surgery ?? Number.NaN]
    const [first, second] = days.split('+').map(Number)
    const last = died ?? Number.NaN
    if (second === undefined) return [[0, first ?? Number.NaN, last, ...fixed, 0]]
    return [
      [0, first ?? Number.NaN, 0, ...fixed, 0],
      [first ?? Number.NaN, second, last, ...fixed, 1],
    ]
  })
  return {
    start: Float64Array.from(rows, ([start = Number.NaN]) => start),
    stop: Float64Array.from(rows, ([, stop = Number.NaN]) => stop),
    event: Uint8Array.from(rows, ([, , event = 2]) => event),
    covariates: Float64Array.from(rows.flatMap((row) => row.slice(3))),
    columnCount: 4,
  }
}
