using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;

namespace ChaosHarness.Tool.Advice;

/// <summary>Says what a system lacks: a pure function of what it consists of, and of what its runs showed.</summary>
/// <param name="system">The system.</param>
/// <param name="tested">What its runs showed.</param>
/// <param name="now">The wall clock.</param>
/// <param name="fresh">For how long evidence counts.</param>
internal sealed class Adviser(AdvisedSystem system, TestedCases tested, DateTimeOffset now, TimeSpan fresh)
{
    private const int Failed = 100;
    private const int LessWhenOld = 25;

    /// <summary>Everything that should be done, the most important first.</summary>
    public IReadOnlyList<AdviceItem> Items() =>
    [
        .. system.Expected.Select(Lacking).OfType<AdviceItem>().Concat(Objectives()).Concat(Restore())
            .OrderByDescending(item => item.Importance)
            .ThenBy(item => item.Subject, StringComparer.Ordinal),
    ];

    private AdviceItem? Lacking(SweepCase one)
    {
        var importance = ImportanceOf(one);
        if (tested.Of(one) is not { } run)
        {
            return new AdviceItem(importance, AdviceReason.NeverTested, one.ToString(), $"'{one}' was never tested{Alone(one)}.", CommandOf(one));
        }

        if (run.Outcome == Outcome.Failed)
        {
            return new AdviceItem(Failed, AdviceReason.LastOneFailed, one.ToString(), $"'{one}' failed when it ran last ({run.StartedAt:yyyy-MM-dd}, run {run.RunId}): mend it, then run it again.", CommandOf(one));
        }

        return now - run.StartedAt > fresh
            ? new AdviceItem(importance - LessWhenOld, AdviceReason.TooOld, one.ToString(), string.Create(CultureInfo.InvariantCulture, $"'{one}' ran last {(now - run.StartedAt).TotalDays:0} days ago, and evidence counts for {fresh.TotalDays:0}."), CommandOf(one))
            : null;
    }

    private IEnumerable<AdviceItem> Objectives()
    {
        (string Name, string Says, bool Concerns)[] all =
        [
            ("rto", "how long recovery may take", true),
            ("rpo", "what may be lost", system.Parts.Any(part => part.Kind is ComponentKind.Database or ComponentKind.Cache)),
            ("availability", "how many answers have to be good while it is broken", true),
        ];
        return all.Where(objective => objective.Concerns && !system.Objectives.Contains(objective.Name)).Select(objective => new AdviceItem(
            objective.Name == "availability" ? 45 : 85,
            AdviceReason.NoObjective,
            $"objective {objective.Name}",
            $"Nobody said {objective.Says}: without {objective.Name} it is measured and never judged. Add it to objectives{(system.Path is { } path ? $" in {Workspace.Shown(path)}" : "")}.",
            null));
    }

    private IEnumerable<AdviceItem> Restore()
    {
        if (tested.Restored is null && system.Parts.Any(part => part.Kind == ComponentKind.Database))
        {
            yield return new AdviceItem(78, AdviceReason.NeverRestored, "restore", "No run shows that the database can be restored from its backup: write one with 'restore' in its name or its categories (docs/experiments.md).", null);
        }
    }

    // What most rests on first: data, then the way in, then what serves.
    private int ImportanceOf(SweepCase one) => one.Kind switch
    {
        SweepKind.LoseComponent => KindOf(one.Target) switch { ComponentKind.Database => 92, ComponentKind.LoadBalancer => 90, ComponentKind.Service => 80, _ => 75 },
        SweepKind.LoseZone => 72,
        SweepKind.SlowLink => 65,
        SweepKind.CutLink => 60,
        SweepKind.FreezeComponent => KindOf(one.Target) == ComponentKind.Database ? 58 : 50,
        _ => 40,
    };

    private ComponentKind? KindOf(string name) => system.Components.FirstOrDefault(component => component.Name == name)?.Kind;

    private static string Alone(SweepCase one) => one.Kind is SweepKind.LoseComponent or SweepKind.FreezeComponent ? " alone" : "";

    private string? CommandOf(SweepCase one) =>
        system.Path is not { } path ? null
        : system.Cases!.Contains(one) ? $"chaos drill --system {Quoted(Workspace.Shown(path))} --only {Quoted(one.ToString())}"
        : null;

    // For a shell to copy it into.
    private static string Quoted(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
