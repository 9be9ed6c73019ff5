using System.Globalization;
using ChaosHarness.Histories;

namespace ChaosHarness.GameDay.Board;

/// <summary>
/// Which signals of a system are told. What says thousands a second would fill the memory of the session and of every browser, and nobody reads it: of
/// each source the latest is told then, and how many there were.
/// </summary>
internal sealed class SignalsTold
{
    private const int PerSecond = 10;
    private const int MostAtOnce = 100;
    private readonly Dictionary<string, SignalEvent> _held = new(StringComparer.Ordinal);
    private double _room = MostAtOnce;
    private TimeSpan _looked;
    private TimeSpan _noted;
    private int _passedOver;

    /// <summary>What of them is told now.</summary>
    /// <param name="signals">Those that are new, in their order.</param>
    /// <param name="now">The time of the run.</param>
    /// <returns>Signals, in order, and a note on those that were passed over; null for none.</returns>
    public (IReadOnlyList<SignalEvent> Signals, string? Note) Of(IEnumerable<SignalEvent> signals, TimeSpan now)
    {
        _room = Math.Min(MostAtOnce, _room + ((now - _looked).TotalSeconds * PerSecond));
        _looked = now;
        var told = new List<SignalEvent>();
        foreach (var signal in signals)
        {
            if (_held.Count == 0 && _room >= 1)
            {
                _room--;
                told.Add(signal);
            }
            else
            {
                _passedOver += _held.ContainsKey(signal.Source) || _held.Count >= MostAtOnce ? 1 : 0;
                Hold(signal);
            }
        }

        foreach (var held in _held.Values.OrderBy(signal => signal.Latest).Take((int)_room).ToList())
        {
            _room--;
            _held.Remove(held.Source);
            told.Add(held);
        }

        if (_passedOver == 0 || now - _noted < TimeSpan.FromSeconds(1))
        {
            return (told, null);
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"{_passedOver:#,##0} more are not shown here, as too many came at once; the record has them");
        (_passedOver, _noted) = (0, now);
        return (told, note);
    }

    // Where there are more sources than anybody can look at, those that spoke last give way.
    private void Hold(SignalEvent signal)
    {
        if (_held.Count < MostAtOnce || _held.ContainsKey(signal.Source))
        {
            _held[signal.Source] = signal;
        }
    }
}
