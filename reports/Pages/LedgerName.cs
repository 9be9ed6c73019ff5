namespace ChaosHarness.Reports.Pages;

/// <summary>What a ledger is called on pages that are sent to others.</summary>
internal static class LedgerName
{
    // Where a file lies on somebody's machine is nobody's business.
    public static string Of(string shown) => shown.Contains('=', StringComparison.Ordinal) ? shown : Path.GetFileName(shown.Replace('\\', '/').TrimEnd('/'));
}
