namespace ChaosHarness.Ledger.Leases;

/// <summary>Who breaks a system that several machines reach, or broke it last and left something behind.</summary>
/// <param name="System">The <see cref="Systems.SystemIdentity.Key"/> of the system.</param>
/// <param name="Holder">The run, its process, user and machine, in words.</param>
/// <param name="Left">How long the lease still lasts unless it is renewed; zero when nobody has the system.</param>
/// <param name="LeftBehind">What is or may be broken, in words; empty when nothing.</param>
public sealed record SystemLeaseState(string System, string Holder, TimeSpan Left, string LeftBehind)
{
    /// <summary>Whether a run has the system now. Without one, whatever was left behind is still broken.</summary>
    public bool IsHeld => Left > TimeSpan.Zero;
}
