"""Words frequent in the news, however long: bad ones to file a query under."""

from __future__ import annotations

FREQUENT = frozenset(
    """a about after again against agency agreed all also american an and announced another any april area
    army around as asked at attack attacks august authorities back based be because been before began
    being believe between billion business but by called came can capital case cases central change
    chief children china chinese cities city claims close come coming command comment company conference
    conflict could countries country court crisis day days deal death decision defence defense
    department despite did director do does down due during each early east economic economy election
    end european even every expected face far father federal few final first five following for force
    forces foreign former four friday from full general get give global go government group groups had
    has have he head health held help her here high him his home hour house how however human if in
    including increase independent information interest international into investigation is israel
    israeli it its january january journalists july june just key killed know large last late later law
    lead leader leaders left less life like line little local long made major make man many march market
    may media meeting member members men might military million minister ministry monday money month
    months more morning most move much must national near need new news next night no north not november
    now number of off office officer officers official officials old on one only open operation or order
    other our out over part party past peace people per percent place plan police policy political power
    president press prime private process program project public put question rate recent region report
    reported reports republic right rights russia russian said same saturday say says second secretary
    security see senior september service services set seven several she should show side since
    situation six small so social some south southern spokesman spokesperson state statement states
    still such sunday support system take talks than that the their them then there these they third
    this those thousands three through thursday time to today told top trade trump tuesday two ukraine
    ukrainian under union united until up us use very visit war was washington way we wednesday week
    weeks well were west western what when where which while white who will with without women work
    workers world would year years yesterday york you""".split()  # noqa: SIM905  a list of 400 lines tells nobody more
)
