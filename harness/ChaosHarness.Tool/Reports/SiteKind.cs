namespace ChaosHarness.Tool.Reports;

/// <summary>What becomes of the Allure site of a session.</summary>
internal enum SiteKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It is built again, and is no new point of the history.</summary>
    Again,

    /// <summary>It is built, and a point of the history.</summary>
    Appended,
}
