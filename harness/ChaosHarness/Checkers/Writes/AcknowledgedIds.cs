using System.Runtime.InteropServices;
using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Writes;

/// <summary>The ids that a system gave to what it acknowledged. One that it gave twice it gave in two places that knew nothing of each other.</summary>
/// <param name="most">How many there are at most.</param>
internal sealed class AcknowledgedIds(int most)
{
    private readonly List<long> _numbers = [];
    private readonly HashSet<StoredId> _others = [];
    private readonly HashSet<StoredId> _repeated = [];

    public bool Any => _numbers.Count > 0 || _others.Count > 0;

    public void Add(StoredId id)
    {
        if (id.Number is { } number)
        {
            // Eight bytes each: there may be millions.
            _numbers.EnsureCapacity(most);
            _numbers.Add(number);
        }
        else if (!_others.Add(id))
        {
            _repeated.Add(id);
        }
    }

    public IReadOnlySet<StoredId> Repeated()
    {
        var numbers = CollectionsMarshal.AsSpan(_numbers);
        numbers.Sort();
        for (var index = 1; index < numbers.Length; index++)
        {
            if (numbers[index] == numbers[index - 1])
            {
                _repeated.Add(numbers[index]);
            }
        }

        return _repeated;
    }
}
