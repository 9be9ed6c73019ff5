// The report site: results of this run, and the history of all runs for the trends.
const name = "ChaosHarness: disaster recovery tests";

// The words of the messages that the harness gives; the first that matches counts.
const steadyState = /the steady state did not|steady state comes back missed/;
const categories = [
  { name: "Steady state not met", matchers: { statuses: ["failed", "skipped"], message: steadyState } },
  { name: "Objective missed", matchers: { statuses: ["failed"], message: /missed/ } },
  { name: "Assertion failed", matchers: { statuses: ["failed"] } },
  { name: "Halted", matchers: { statuses: ["broken"], message: /^Halted:/ } },
  { name: "Written wrongly", matchers: { statuses: ["broken"], message: /^Invalid:/ } },
  { name: "Inconclusive, which fails this profile", matchers: { statuses: ["broken"], message: /^Inconclusive:/ } },
  { name: "Harness broken", matchers: { statuses: ["broken"] } },
  { name: "Inconclusive", matchers: { statuses: ["skipped"] } },
];

export default {
  name,
  output: process.env.CHAOSHARNESS_SITE ?? "../artifacts/report/allure",
  historyPath: process.env.CHAOSHARNESS_HISTORY ?? "../artifacts/history/allure.jsonl",
  // A report that is built again is no new point of the history.
  appendHistory: process.env.CHAOSHARNESS_APPEND === "--append",
  categories,
  plugins: {
    allure: {
      import: "@allurereport/plugin-awesome",
      options: { reportName: name, singleFile: true, reportLanguage: "en", groupBy: ["feature"] },
    },
  },
};
