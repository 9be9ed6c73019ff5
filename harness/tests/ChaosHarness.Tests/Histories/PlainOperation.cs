using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Histories;

/// <summary>An operation as a plain list keeps it; times in ticks.</summary>
internal sealed class PlainOperation
{
    public required long Due { get; init; }

    public required long Entered { get; init; }

    public long? Invoked { get; set; }

    public long? Completed { get; set; }

    public OperationVerdict Verdict { get; set; }

    public string? Detail { get; set; }

    public string? Node { get; set; }

    public StoredId? Id { get; set; }

    public double? Value { get; set; }

    public int Copies { get; set; }
}
