DROP INDEX alerts_v1_by_report;
