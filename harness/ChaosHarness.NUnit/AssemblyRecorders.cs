using System.Collections.Concurrent;
using System.Reflection;
using ChaosHarness.Experiments;
using NUnit.Framework;

namespace ChaosHarness.NUnit;

/// <summary>The recorders that an assembly of tests names. They are made once: a ledger is opened for all tests, not for each.</summary>
internal static class AssemblyRecorders
{
    private static readonly ConcurrentDictionary<(Assembly Assembly, RecorderSettings Settings), Lazy<IReadOnlyList<IExperimentRecorder>>> Made = new();

    public static IReadOnlyList<IExperimentRecorder> Of(Assembly assembly, RecorderSettings settings) =>
        Made.GetOrAdd((assembly, settings), static key => new Lazy<IReadOnlyList<IExperimentRecorder>>(() => Make(key.Assembly, key.Settings))).Value;

    private static List<IExperimentRecorder> Make(Assembly assembly, RecorderSettings settings) =>
    [
        .. assembly.GetCustomAttributes<RecordedByAttribute>()
            .Select(attribute => attribute.Make(settings with { Warn = text => TestContext.Progress.WriteLine(text) }))
            .OfType<IExperimentRecorder>(),
    ];
}
