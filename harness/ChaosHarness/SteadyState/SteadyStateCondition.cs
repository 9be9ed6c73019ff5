using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.SteadyState;

/// <summary>One measurable part of normal behaviour: a figure of a signal, and the tolerance that it must keep.</summary>
public sealed class SteadyStateCondition
{
    private readonly Func<Operations, TimeWindow, (string Actual, bool Holds)> _read;

    internal SteadyStateCondition(string source, string description, Func<Operations, TimeWindow, (string Actual, bool Holds)> read, string? mistake = null)
    {
        Source = source;
        Description = description;
        Mistake = mistake;
        _read = read;
    }

    /// <summary>The probe or workload whose requests are judged.</summary>
    public string Source { get; }

    /// <summary>Such as <c>orders: success rate at least 99.9%</c>.</summary>
    public string Description { get; }

    /// <summary>What is wrong with how it was written; null when nothing is.</summary>
    public string? Mistake { get; }

    /// <summary>Reads it. What is overdue and unanswered is bad; what is younger counts in nothing.</summary>
    /// <param name="history">What was seen.</param>
    /// <param name="due">Read are requests due in it, both ends included.</param>
    /// <returns>What was found; it does not hold when nothing of which it is known how it stands was due.</returns>
    public SteadyStateReading Read(History history, TimeWindow due)
    {
        ArgumentNullException.ThrowIfNull(history);
        var operations = history.Of(Source);
        if (operations.ShareOf(due).Due == 0)
        {
            return new SteadyStateReading(Description, "no observation", false);
        }

        var (actual, holds) = _read(operations, due);
        return new SteadyStateReading(Description, actual, holds);
    }
}
