-- Those of an advice or a sector by the day they were received are found among those of
-- each status in that order. Meldingen of days in no order cost a page less at every
-- index that has them in order of their days.
DROP INDEX melding_advies_ontvangst;
DROP INDEX melding_sector_ontvangst;
