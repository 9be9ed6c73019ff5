using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Histories;

/// <summary>What a source says by the definitions, word for word and however slowly.</summary>
internal sealed class PlainSource(SourceSettings settings)
{
    private static readonly long AnswersOf = TimeSpan.FromSeconds(10).Ticks;
    private static readonly long LeastOverdue = TimeSpan.FromMilliseconds(250).Ticks;

    public List<PlainOperation> Operations { get; } = [];

    public ReadBack? ReadBack { get; set; }

    public int CountAt(long until) => Operations.Count(operation => operation.Entered <= until);

    public Operation At(int index, long until)
    {
        var operation = Operations[index];
        var isComplete = operation.Completed <= until;
        return new Operation(
            index,
            new TimeSpan(operation.Due),
            operation.Invoked <= until ? new TimeSpan(operation.Invoked.Value) : null,
            isComplete ? new TimeSpan(operation.Completed!.Value) : null,
            isComplete ? operation.Verdict : OperationVerdict.Good,
            isComplete ? operation.Detail : null,
            isComplete ? operation.Node : null,
            isComplete ? operation.Id : null,
            isComplete ? operation.Value : null,
            ReadBack is { Problem: null } && ReadBack.At.Ticks <= until ? operation.Copies : null);
    }

    /// <summary>How long an operation may be open, from the exact percentile to one that is a 64th longer.</summary>
    public (long Least, long Most) OverdueAfter(long until)
    {
        var took = Operations
            .Where(operation => operation.Completed <= until && operation.Completed >= until - AnswersOf && operation.Verdict == OperationVerdict.Good)
            .Select(operation => operation.Completed!.Value - operation.Invoked!.Value)
            .Order()
            .ToList();
        var percentile = took.Count == 0 ? 0 : took[(int)Math.Ceiling(took.Count * 0.99) - 1];
        return (Within(2 * percentile), Within(2 * (percentile + (percentile / 64))));

        long Within(long ticks) => Math.Min(Math.Max(ticks, LeastOverdue), (settings.SlowThreshold is { } slow && slow < settings.Timeout ? slow : settings.Timeout).Ticks);
    }

    public Standing StandingOf(int index, long until, long overdueAfter)
    {
        var operation = Operations[index];
        if (operation.Completed <= until)
        {
            return operation.Verdict == OperationVerdict.Good ? Standing.Good : Standing.Bad;
        }

        var since = operation.Invoked <= until ? operation.Invoked.Value : operation.Due;
        return until - since > overdueAfter ? Standing.Overdue : Standing.Young;
    }

    public List<(string Detail, long Count)> Details(TimeWindow due, long until, long overdueAfter, int most) =>
    [
        .. Enumerable.Range(0, CountAt(until))
            .Where(index => due.Contains(new TimeSpan(Operations[index].Due)))
            .Select(index => StandingOf(index, until, overdueAfter) switch
            {
                Standing.Overdue => "no answer yet",
                Standing.Bad => Operations[index].Detail ?? Operations[index].Verdict switch { OperationVerdict.Slow => "slow", OperationVerdict.NotSent => "not sent", _ => "error" },
                _ => null,
            })
            .OfType<string>()
            .GroupBy(detail => detail, (detail, all) => (detail, (long)all.Count()))
            .OrderByDescending(entry => entry.Item2)
            .ThenBy(entry => entry.detail, StringComparer.Ordinal)
            .Take(most),
    ];
}
