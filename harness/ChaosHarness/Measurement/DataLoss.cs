using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>Recovery point actual (RPA): what became of the writes, after every acknowledged id was looked up.</summary>
public sealed record DataLoss
{
    /// <summary>Writes sent.</summary>
    public required long Sent { get; init; }

    /// <summary>Writes acknowledged.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Acknowledged and missing.</summary>
    public required long Lost { get; init; }

    /// <summary>Present though never acknowledged: harmless, and counted.</summary>
    public required long Indeterminate { get; init; }

    /// <summary>Present more than once.</summary>
    public required long Duplicated { get; init; }

    /// <summary>Acknowledged by a node that was no longer primary when the write was sent.</summary>
    public required long Diverged { get; init; }

    /// <summary>End of the injection minus the acknowledgement of the oldest lost write, at least 0; 0 when nothing was lost.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>When the oldest lost write was acknowledged, since the start of the run.</summary>
    public TimeSpan? OldestLost { get; init; }

    /// <summary>Every lost write, in the order in which they were sent.</summary>
    public IReadOnlyList<LostWrite> LostWrites { get => field ?? []; init; }

    /// <summary>Such as <c>0 of 4213 writes</c> or <c>17 of 4213 writes, 340ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Lost} of {Acknowledged} writes");
        return Lost == 0 ? text : $"{text}, {DurationText.Format(Age)}";
    }
}
