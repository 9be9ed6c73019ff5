namespace ChaosHarness.Histories;

/// <summary>Which writes of a workload a place held that is not the system itself, such as a restored copy of it.</summary>
public sealed class HeldWrites
{
    private readonly byte[] _copies;

    internal HeldWrites(string source, byte[] copies) => (Source, _copies) = (source, copies);

    /// <summary>The workload.</summary>
    public string Source { get; }

    /// <summary>How many writes were due when it was looked up; later ones it cannot hold.</summary>
    public int Count => _copies.Length;

    /// <summary>How many times it holds a write.</summary>
    /// <param name="number">The number of the write, from 0.</param>
    /// <returns>0 when it is missing; up to 255.</returns>
    public int CopiesOf(int number) => number >= 0 && number < _copies.Length ? _copies[number] : 0;
}
