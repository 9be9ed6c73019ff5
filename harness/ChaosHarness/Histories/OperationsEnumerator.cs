using System.Collections;

namespace ChaosHarness.Histories;

/// <summary>Walks over operations. Each is put together where it is asked for: it is large, and copies are what a plain loop would pay for.</summary>
internal sealed class OperationsEnumerator(Operations operations) : IEnumerator<Operation>
{
    private int _index = -1;

    public Operation Current => operations[_index];

    object IEnumerator.Current => Current;

    public bool MoveNext() => ++_index < operations.Count;

    public void Reset() => _index = -1;

    public void Dispose()
    {
    }
}
