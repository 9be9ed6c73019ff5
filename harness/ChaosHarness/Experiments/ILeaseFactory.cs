using ChaosHarness.Safety;

namespace ChaosHarness.Experiments;

/// <summary>Makes a lease for the tests of an assembly: once, before the first of them runs. The leases of the harness itself stay, and all have to agree.</summary>
public interface ILeaseFactory
{
    /// <summary>Makes the lease.</summary>
    /// <param name="settings">What the tests run with.</param>
    /// <returns>The lease; null when the settings ask for none.</returns>
    ISystemLease? CreateLease(RecorderSettings settings);
}
