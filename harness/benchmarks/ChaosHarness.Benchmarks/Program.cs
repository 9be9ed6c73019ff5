using ChaosHarness.Benchmarks;
using ChaosHarness.Benchmarks.Aws;
using ChaosHarness.Benchmarks.Boards;
using ChaosHarness.Benchmarks.Clusters;
using ChaosHarness.Benchmarks.Halts;
using ChaosHarness.Benchmarks.Histories;
using ChaosHarness.Benchmarks.Kills;
using ChaosHarness.Benchmarks.Ledgers;
using ChaosHarness.Benchmarks.Proxies;
using ChaosHarness.Benchmarks.Recovery;
using ChaosHarness.Benchmarks.Restores;

// The figures of the harness, measured here and now. Without a name, all of them.
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["rta"] = RecoveryTimeAccuracy.RunAsync,
    ["recovery"] = RecoverySimulation.RunAsync,
    ["recovery-cost"] = RecoveryCost.RunAsync,
    ["probes"] = ProbeCost.RunAsync,
    ["history"] = HistoryFigures.RunAsync,
    ["restore"] = RestoreFigures.RunAsync,
    ["reconcile"] = ReconciliationCost.RunAsync,
    ["system"] = SystemStart.RunAsync,
    ["disasters"] = DisasterFigures.RunAsync,
    ["toxiproxy"] = ProxyCost.RunAsync,
    ["toxics"] = ToxicAccuracy.RunAsync,
    ["churn"] = Churn.RunAsync,
    ["cloud"] = CloudFigures.RunAsync,
    ["s3"] = ReplicationCheckFigures.RunAsync,
    ["board"] = BoardFigures.RunAsync,
    ["kills"] = KillFigures.RunAsync,
    ["halt"] = HaltFigures.RunAsync,
    ["ledger"] = LedgerFigures.RunAsync,
    ["scorecard"] = ScorecardFigures.RunAsync,
};
if (args is [EchoProcess.Argument])
{
    await EchoProcess.ServeAsync();
    return 0;
}

if (args is [ScorecardProcess.Argument, var ledger, var folder])
{
    await ScorecardProcess.WriteAsync(ledger, folder);
    return 0;
}

if (args is [ClusterSweep.Argument, .. var systems])
{
    return await ClusterSweep.RunAsync(systems);
}

var unknown = args.Where(name => !benchmarks.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", benchmarks.Keys)}, and {ClusterSweep.Argument} alone");
    return 2;
}

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
{
    await benchmarks[name]();
}

return 0;
