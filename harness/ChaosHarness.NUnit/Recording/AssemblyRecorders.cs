using System.Collections.Concurrent;
using System.Reflection;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using NUnit.Framework;

namespace ChaosHarness.NUnit.Recording;

/// <summary>The recorders that an assembly of tests names. They are made once: a ledger is opened for all tests, not for each.</summary>
/// <param name="OfRuns">Those that receive the records of runs.</param>
/// <param name="OfTests">Those that receive tests.</param>
/// <param name="Leases">What keeps runs of others off a system, beside the files of this machine.</param>
/// <param name="Problems">What kept one from being made; it keeps none of the others.</param>
internal sealed record AssemblyRecorders(IReadOnlyList<IExperimentRecorder> OfRuns, IReadOnlyList<ITestRecorder> OfTests, IReadOnlyList<ISystemLease> Leases, IReadOnlyList<string> Problems)
{
    private static readonly ConcurrentDictionary<(Assembly Assembly, RecorderSettings Settings), Lazy<AssemblyRecorders>> Made = new();

    public static AssemblyRecorders Of(Assembly assembly, RecorderSettings settings) =>
        Made.GetOrAdd((assembly, settings), static key => new Lazy<AssemblyRecorders>(() => Make(key.Assembly, key.Settings))).Value;

    private static AssemblyRecorders Make(Assembly assembly, RecorderSettings settings)
    {
        var (ofRuns, ofTests, leases, problems) = (new List<IExperimentRecorder?>(), new List<ITestRecorder?>(), new List<ISystemLease?>(), new List<string>());
        var telling = settings with { Warn = text => TestContext.Progress.WriteLine(text) };
        foreach (var factory in assembly.GetCustomAttributes<RecordedByAttribute>().Select(attribute => attribute.Factory))
        {
            try
            {
                var made = Activator.CreateInstance(factory);
                ofRuns.Add((made as IRecorderFactory)?.Create(telling));
                ofTests.Add((made as ITestRecorderFactory)?.Create(telling));
                leases.Add((made as ILeaseFactory)?.CreateLease(telling));
                if (made is not (IRecorderFactory or ITestRecorderFactory or ILeaseFactory))
                {
                    problems.Add($"[RecordedBy] names {factory}. Name a type that is an {nameof(IRecorderFactory)}, an {nameof(ITestRecorderFactory)} or an {nameof(ILeaseFactory)}.");
                }
            }
            catch (Exception exception)
            {
                problems.Add($"{factory.Name} made no recorder: {(exception is TargetInvocationException { InnerException: { } inner } ? inner.Message : exception.Message)}");
            }
        }

        return new AssemblyRecorders([.. ofRuns.OfType<IExperimentRecorder>()], [.. ofTests.OfType<ITestRecorder>()], [.. leases.OfType<ISystemLease>()], problems);
    }
}
