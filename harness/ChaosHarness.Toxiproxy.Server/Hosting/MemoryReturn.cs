namespace ChaosHarness.Toxiproxy.Server.Hosting;

/// <summary>
/// Gives memory back once the last toxic is gone. What toxics held is garbage then; but without toxics nothing allocates, so that the collector would never come by itself.
/// Only for a process of our own: a host decides for itself when to collect.
/// </summary>
internal sealed class MemoryReturn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Func<bool> _hasToxics;
    private readonly Timer _timer;
    private bool _hadToxics;

    public MemoryReturn(Func<bool> hasToxics)
    {
        _hasToxics = hasToxics;
        _timer = new Timer(_ => Look(), null, Pause, Pause);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var hasToxics = _hasToxics();
        if (_hadToxics && !hasToxics)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        _hadToxics = hasToxics;
    }
}
