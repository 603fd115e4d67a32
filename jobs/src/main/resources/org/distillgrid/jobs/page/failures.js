function showFailures() {
  const part = section("failures", "What went wrong", "Trials that failed or whose training diverged, and images that were not used.", null, "Failures");
  if (!absent(part, "failures")) table(part, "failures-table", TRIAL_COLUMNS, data.failures);
  if (absent(part, "rejected")) return;
  part.append(el("h3", {}, "Rejected images"));
  table(part, "rejected-table", [
    { title: "Data set", value: (row) => row.dataset },
    { title: "File", long: true, value: (row) => row.path },
    { title: "Why", long: true, value: (row) => row.reason },
    { title: "Bytes", number: true, value: (row) => row.bytes },
  ], data.rejected);
}
