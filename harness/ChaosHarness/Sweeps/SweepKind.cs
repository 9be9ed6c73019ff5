namespace ChaosHarness.Sweeps;

/// <summary>What a generic experiment does to a system.</summary>
public enum SweepKind
{
    /// <summary>A component is lost at once, and brought back.</summary>
    LoseComponent,

    /// <summary>A component hangs: its connections stay open and nothing answers.</summary>
    FreezeComponent,

    /// <summary>All components of a zone are lost at once.</summary>
    LoseZone,

    /// <summary>Nothing passes a link.</summary>
    CutLink,

    /// <summary>Whatever passes a link takes longer.</summary>
    SlowLink,

    /// <summary>Every component that can be restarted is, one after another: a rolling restart.</summary>
    RestartOneByOne,
}
