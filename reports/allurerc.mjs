// The report site: results of this run, and the history of all runs for the trends.
export default {
  name: "ChaosHarness: disaster recovery tests",
  output: process.env.CHAOSHARNESS_SITE ?? "../artifacts/report",
  historyPath: "./history.jsonl",
  plugins: {
    awesome: {
      options: {
        reportName: "ChaosHarness: disaster recovery tests",
        singleFile: true,
        reportLanguage: "en",
        groupBy: ["feature"],
      },
    },
  },
};
