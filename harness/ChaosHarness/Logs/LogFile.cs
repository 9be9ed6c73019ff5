using System.Text;
using System.Text.RegularExpressions;
using ChaosHarness.Systems;

namespace ChaosHarness.Logs;

/// <summary>
/// A log that a component writes to a file of this machine: what it wrote around the moments that matter is in the report, and lines of a pattern are signals.
/// It is followed from its end on, also when it is rotated, cut or made later. A line came after the last look at the file and before the one that found it.
/// </summary>
/// <param name="component">The component.</param>
/// <param name="path">The file; it may come to be later.</param>
public sealed class LogFile(string component, string path) : ILogSource, ISignalSource
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(100);
    private readonly List<(Regex Pattern, SignalKind Kind, string Source)> _rules = [];

    /// <inheritdoc/>
    public string Component => component;

    /// <summary>How often the file is looked at.</summary>
    /// <value>Default: 50 milliseconds.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Where time comes from.</summary>
    /// <value>Default: the system.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes lines of a pattern for signals.</summary>
    /// <param name="pattern">A regular expression; the first of the patterns that a line matches counts.</param>
    /// <param name="kind">What such a line means.</param>
    /// <param name="source">What the signal is called; null for the component.</param>
    /// <returns>The same log.</returns>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public LogFile Signals(string pattern, SignalKind kind, string? source = null)
    {
        _rules.Add((new Regex(pattern, RegexOptions.CultureInvariant, MatchLimit), kind, source ?? component));
        return this;
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<string> onLine)
    {
        ArgumentNullException.ThrowIfNull(onLine);
        return new Follower(path, Every, Time, (line, _, _) => onLine(line));
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        return new Follower(path, Every, Time, (line, notBefore, now) =>
        {
            foreach (var (pattern, kind, source) in _rules)
            {
                if (IsMatch(pattern, line))
                {
                    onSignal(new Signal(now, source, kind, line) { NotBefore = notBefore });
                    return;
                }
            }
        });
    }

    private static bool IsMatch(Regex pattern, string line)
    {
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Reads what is added to the file.</summary>
    private sealed class Follower : IDisposable
    {
        private const int LongestLine = 64 * 1024;
        private const int Beginning = 1024;
        private readonly Lock _lock = new();
        private readonly CancellationTokenSource _ended = new();
        private readonly string _path;
        private readonly Action<string, long, long> _onLine;
        private readonly StringBuilder _line = new();
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private FileStream? _file;
        private bool _isOver;

        public Follower(string path, TimeSpan every, TimeProvider time, Action<string, long, long> onLine)
        {
            (_path, _onLine) = (path, onLine);
            // What was there before is no news.
            _file = TryOpen();
            _file?.Seek(0, SeekOrigin.End);

            _ = Task.Run(() => FollowAsync(every, time, time.GetTimestamp()));
        }

        // Waits for a call that goes on: none comes afterwards.
        public void Dispose()
        {
            lock (_lock)
            {
                _isOver = true;
                _file?.Dispose();
            }

            _ended.Cancel();
        }

        private async Task FollowAsync(TimeSpan every, TimeProvider time, long last)
        {
            while (!_ended.IsCancellationRequested)
            {
                await Task.Delay(every, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var began = time.GetTimestamp();
                lock (_lock)
                {
                    if (_isOver)
                    {
                        return;
                    }

                    try
                    {
                        Look(last, time);
                    }
                    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                    {
                        // It cannot be read right now; what it holds then is found by the next look that can.
                        continue;
                    }
                }

                last = began;
            }
        }

        private void Look(long last, TimeProvider time)
        {
            if (_file is null && (_file = TryOpen()) is null)
            {
                return;
            }

            if (_file.Length < _file.Position)
            {
                // Cut: what was begun before will not be ended.
                _line.Clear();
                _file.Seek(0, SeekOrigin.Begin);
            }

            if (OtherOfThatName() is not { } other)
            {
                Read(last, time);
                return;
            }

            // Rotated: the old one is read to its end, and the new one from its beginning.
            Read(last, time);
            if (_line.Length > 0)
            {
                End(last, time);
            }

            _file.Dispose();
            _file = other;
            Read(last, time);
        }

        // There is no identity of files that all systems have. While one only grows, its length lies between two looks at it before and after, and it begins as it did.
        private FileStream? OtherOfThatName()
        {
            var before = _file!.Length;
            var named = TryOpen();
            if (named is null)
            {
                return null;
            }

            var length = named.Length;
            var beginning = BeginningOf(named);
            if (before <= length && length <= _file.Length && BeginningOf(_file).AsSpan().StartsWith(beginning))
            {
                named.Dispose();
                return null;
            }

            return named;
        }

        private static byte[] BeginningOf(FileStream file)
        {
            var bytes = new byte[Beginning];
            return bytes[..RandomAccess.Read(file.SafeFileHandle, bytes, 0)];
        }

        private FileStream? TryOpen()
        {
            try
            {
                return new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        private void End(long last, TimeProvider time)
        {
            _onLine(_line.ToString().TrimEnd('\r'), last, time.GetTimestamp());
            _line.Clear();
        }

        private void Read(long last, TimeProvider time)
        {
            Span<byte> bytes = stackalloc byte[4096];
            Span<char> text = stackalloc char[4096];
            for (var count = _file!.Read(bytes); count > 0; count = _file.Read(bytes))
            {
                foreach (var character in text[.._decoder.GetChars(bytes[..count], text, flush: false)])
                {
                    if (character == '\n')
                    {
                        End(last, time);
                    }
                    else if (_line.Length < LongestLine)
                    {
                        _line.Append(character);
                    }
                }
            }
        }
    }
}
