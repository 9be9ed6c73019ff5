namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What became of a finding, in the columns of the database.</summary>
internal sealed class FollowUpEventRow
{
    public const string Selection = """follow_up_no AS "Number", happened_at AS "HappenedAt", kind AS "Kind", run_id AS "RunId", person AS "Person", why AS "Why" """;

    public long Number { get; set; }

    public long HappenedAt { get; set; }

    public string Kind { get; set; } = "";

    public string? RunId { get; set; }

    public string? Person { get; set; }

    public string? Why { get; set; }

    // What is none of the words is no reason to take a finding for closed.
    public FollowUpEvent ToEvent() =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(HappenedAt), Enum.TryParse<FollowUpEventKind>(Kind, out var kind) ? kind : FollowUpEventKind.Reopened, RunId, Person, Why);
}
