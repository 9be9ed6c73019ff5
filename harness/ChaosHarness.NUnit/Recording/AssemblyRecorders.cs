using System.Collections.Concurrent;
using System.Reflection;
using ChaosHarness.Experiments;
using NUnit.Framework;

namespace ChaosHarness.NUnit.Recording;

/// <summary>The recorders that an assembly of tests names. They are made once: a ledger is opened for all tests, not for each.</summary>
internal sealed record AssemblyRecorders(IReadOnlyList<IExperimentRecorder> OfRuns, IReadOnlyList<ITestRecorder> OfTests)
{
    private static readonly ConcurrentDictionary<(Assembly Assembly, RecorderSettings Settings), Lazy<AssemblyRecorders>> Made = new();

    /// <exception cref="InvalidOperationException">The assembly names a type that makes no recorder.</exception>
    public static AssemblyRecorders Of(Assembly assembly, RecorderSettings settings) =>
        Made.GetOrAdd((assembly, settings), static key => new Lazy<AssemblyRecorders>(() => Make(key.Assembly, key.Settings))).Value;

    private static AssemblyRecorders Make(Assembly assembly, RecorderSettings settings)
    {
        var ofRuns = new List<IExperimentRecorder?>();
        var ofTests = new List<ITestRecorder?>();
        var telling = settings with { Warn = text => TestContext.Progress.WriteLine(text) };
        foreach (var factory in assembly.GetCustomAttributes<RecordedByAttribute>().Select(attribute => attribute.Factory))
        {
            var made = Activator.CreateInstance(factory);
            if (made is not (IRecorderFactory or ITestRecorderFactory))
            {
                throw new InvalidOperationException($"[RecordedBy] names {factory}. Name a type that is an {nameof(IRecorderFactory)} or an {nameof(ITestRecorderFactory)}.");
            }

            ofRuns.Add((made as IRecorderFactory)?.Create(telling));
            ofTests.Add((made as ITestRecorderFactory)?.Create(telling));
        }

        return new AssemblyRecorders([.. ofRuns.OfType<IExperimentRecorder>()], [.. ofTests.OfType<ITestRecorder>()]);
    }
}
