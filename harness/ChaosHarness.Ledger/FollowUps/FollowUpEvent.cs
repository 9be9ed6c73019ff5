using System.Globalization;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What became of a finding at one moment.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Kind">What.</param>
/// <param name="RunId">The run that showed it; null where none did.</param>
/// <param name="Person">Who did it; null where the run did.</param>
/// <param name="Why">Why; null where the run says it.</param>
public sealed record FollowUpEvent(DateTimeOffset At, FollowUpEventKind Kind, string? RunId, string? Person, string? Why)
{
    /// <summary>In one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var person = Person is null ? "" : $" by {Person}";
        var what = Kind switch
        {
            FollowUpEventKind.ClosedByRun => $"closed by run {RunId}{(Person is null ? "" : $", entered{person}")}",
            FollowUpEventKind.ClosedByPerson => $"closed{person}: {Why}",
            _ => $"reopened: run {RunId} failed again",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:yyyy-MM-dd HH:mm} UTC {what}");
    }
}
