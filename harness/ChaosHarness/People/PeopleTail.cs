using System.Text;

namespace ChaosHarness.People;

/// <summary>Reads what people did since it last looked. What was done before it was made is not told.</summary>
public sealed class PeopleTail
{
    private const int LongestRead = 1024 * 1024;
    // No act is nearly as long.
    private const int LongestLine = 64 * 1024;
    private readonly string _file;
    private readonly List<byte> _line = [];
    private long _read;

    /// <summary>Begins at the end of a file.</summary>
    /// <param name="file">The file of the session; may be missing.</param>
    /// <param name="fromStart">Whether to begin at its start instead.</param>
    public PeopleTail(string file, bool fromStart = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        _read = fromStart ? 0 : LengthOf(file);
    }

    /// <summary>Reads on.</summary>
    /// <returns>What was done since; nothing when the file cannot be read now. What is no line of ours is passed over.</returns>
    public IReadOnlyList<PersonAct> Read()
    {
        byte[] bytes;
        try
        {
            if (LengthOf(_file) is var length && length <= _read)
            {
                // One that was begun anew is read from its start.
                _read = Math.Min(_read, length);
                return [];
            }

            using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(_read, SeekOrigin.Begin);
            bytes = new byte[Math.Min(LongestRead, stream.Length - _read)];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            bytes = bytes[..count];
            _read += count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        var acts = new List<PersonAct>();
        foreach (var one in bytes)
        {
            if (one != (byte)'\n')
            {
                if (_line.Count <= LongestLine)
                {
                    _line.Add(one);
                }

                continue;
            }

            if (_line.Count <= LongestLine && PersonAct.Read(Encoding.UTF8.GetString([.. _line])) is { } act)
            {
                acts.Add(act);
            }

            _line.Clear();
        }

        return acts;
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
