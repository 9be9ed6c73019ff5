namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>What can happen to a folder; disposed, the folder is as it was.</summary>
public interface IFolderDisaster : IDisposable
{
    /// <summary>Lets it happen.</summary>
    void Strike();
}
