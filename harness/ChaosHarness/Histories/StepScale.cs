using System.Numerics;

namespace ChaosHarness.Histories;

/// <summary>
/// Steps by which values of any size are counted: single values at first, then steps that double with every power of two, so that none is
/// wider than a fixed share of its values.
/// </summary>
/// <param name="bits">Values below two to the power of this many bits have a step of their own; a step is at most the half of them wide.</param>
internal readonly struct StepScale(int bits)
{
    private readonly int _bits = bits;
    private readonly int _stepsOfPower = 1 << (bits - 1);

    /// <summary>The step of a value that is not negative.</summary>
    public int StepOf(long value)
    {
        var doublings = Math.Max(BitOperations.Log2((ulong)value) + 1 - _bits, 0);
        return (doublings * _stepsOfPower) + (int)(value >> doublings);
    }

    /// <summary>The least value of a step.</summary>
    public long LeastOf(int step)
    {
        var doublings = Math.Max((step / _stepsOfPower) - 1, 0);
        return (long)(step - (doublings * _stepsOfPower)) << doublings;
    }

    /// <summary>The greatest value of a step.</summary>
    public long GreatestOf(int step) => LeastOf(step + 1) - 1;
}
