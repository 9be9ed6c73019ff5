namespace ChaosHarness.Toxiproxy.Server.Hosting;

/// <summary>
/// Gives memory back some seconds after the last toxic is gone. What toxics held is garbage then; but without toxics nothing allocates, so that the collector would never come by itself.
/// Only for a process of our own: a host decides for itself when to collect.
/// </summary>
internal sealed class MemoryReturn : IDisposable
{
    private const int QuietLooks = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Func<bool> _hasToxics;
    private readonly Timer _timer;
    private int _quietLooks = QuietLooks + 1;

    public MemoryReturn(Func<bool> hasToxics)
    {
        _hasToxics = hasToxics;
        _timer = new Timer(_ => Look(), null, Pause, Pause);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        _quietLooks = _hasToxics() ? 0 : Math.Min(_quietLooks + 1, QuietLooks + 1);
        if (_quietLooks == QuietLooks)
        {
            // It stops everything for as long as it takes: not while someone is busy changing toxics.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
