namespace ChaosHarness.LocalCloud;

/// <summary>What of a region is lost at present, for those who look after it.</summary>
internal sealed class RegionOutage
{
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RegionParts _lost;

    /// <summary>What is lost.</summary>
    public RegionParts Lost => _lost;

    /// <summary>Whether what is lost says nothing, instead of refusing.</summary>
    public bool IsSilent { get; private set; }

    public bool Hits(RegionParts part) => (_lost & part) != 0;

    public void Begin(RegionParts parts, bool isSilent) => Change(parts, isSilent);

    public void End() => Change(RegionParts.None, isSilent: false);

    /// <summary>Returns once a part is there.</summary>
    public async Task OverAsync(RegionParts part, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (!Hits(part))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(RegionParts lost, bool isSilent)
    {
        (_lost, IsSilent) = (lost, isSilent);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
