using System.Text;
using ChaosHarness.Hosts;

namespace ChaosHarness.Containers.Hosts;

/// <summary>What a command writes, after a first line by which its shell says that it began.</summary>
/// <param name="mark">How that line begins; nobody else knows it.</param>
/// <param name="most">How many bytes are kept of the rest.</param>
internal sealed class GreetedOutput(string mark, int most)
{
    private const int LongestGreeting = 200;
    private readonly byte[] _mark = Encoding.ASCII.GetBytes(mark + " ");
    private readonly List<byte> _first = [];
    private volatile bool _isGreeted;
    private volatile string _greeting = "";

    /// <summary>Whether the first line came.</summary>
    public bool IsGreeted => _isGreeted;

    /// <summary>The first line, without the mark.</summary>
    public string Greeting => _greeting;

    /// <summary>The rest; all of it where nothing greeted.</summary>
    public BoundedBytes Kept { get; } = new(most);

    /// <summary>Takes what was written next; from one thread.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_isGreeted)
        {
            Kept.Add(bytes);
            return;
        }

        var end = bytes.IndexOf((byte)'\n');
        _first.AddRange(bytes[..(end < 0 ? bytes.Length : end)]);
        var line = _first.ToArray();
        if (end < 0 && line.Length < LongestGreeting)
        {
            return;
        }

        if (end >= 0 && line.AsSpan().StartsWith(_mark))
        {
            _greeting = Encoding.ASCII.GetString(line.AsSpan(_mark.Length)).Trim();
            _isGreeted = true;
            Kept.Add(bytes[(end + 1)..]);
            return;
        }

        Kept.Add(line);
        Kept.Add(end < 0 ? [] : bytes[end..]);
        _first.Clear();
    }
}
