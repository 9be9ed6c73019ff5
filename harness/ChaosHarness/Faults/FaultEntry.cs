using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>A fault as it stands in the history of its run, from its being planned on.</summary>
internal sealed class FaultEntry
{
    private readonly Lock _lock = new();
    private readonly HistoryWriter _history;
    private readonly int _number;
    private FaultWindow _window;

    public FaultEntry(HistoryWriter history, FaultWindow window)
    {
        _history = history;
        _window = window;
        _number = history.Add(window);
    }

    public FaultWindow Window
    {
        get
        {
            lock (_lock)
            {
                return _window;
            }
        }
    }

    public string Name => Window.Name;

    public void Planned(string revertKind, string? hit) => Update(window => window with { RevertKind = revertKind, Hit = hit });

    public void Injected(TimeSpan start, TimeSpan end) => Update(window => window with { Injected = new TimeWindow(start, end) });

    public void Ended(FaultEnd end) => Update(window => window with { End = end });

    // That the system or somebody else ended it stays so, though what was left of it was undone.
    public void Reverted(TimeSpan start, TimeSpan end) => Update(window => window with { Reverted = new TimeWindow(start, end), End = window.End ?? FaultEnd.Reverted });

    private void Update(Func<FaultWindow, FaultWindow> change)
    {
        lock (_lock)
        {
            _window = change(_window);
            _history.Update(_number, _window);
        }
    }
}
