namespace ChaosHarness.Ledger.Chains;

/// <summary>What a record is of, in the words of the database.</summary>
internal static class RecordKind
{
    /// <summary>A run, hashed as it was appended.</summary>
    public const string Run = "run";

    /// <summary>A run that an earlier version appended, hashed as it was found.</summary>
    public const string Found = "found";

    /// <summary>That a later attempt counts in the place of a run.</summary>
    public const string Replaced = "replaced";

    /// <summary>A finding, as it was opened.</summary>
    public const string FollowUp = "finding";

    /// <summary>What became of a finding.</summary>
    public const string FollowUpEvent = "finding-event";
}
