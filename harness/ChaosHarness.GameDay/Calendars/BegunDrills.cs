using System.Globalization;
using ChaosHarness.Journals;
using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>
/// When drills began: those of journals, and those that this process let begin and that have none yet. A run that broke nothing is none; one whose
/// journal cannot be read may have been one, and is.
/// </summary>
/// <param name="folder">The folder of journals; may be missing.</param>
internal sealed class BegunDrills(string folder)
{
    private const string IdDate = "yyyyMMdd-HHmmss";
    // A day of any time zone lies within.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(2);
    // Journals never change.
    private readonly Dictionary<string, Begun> _read = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Experiment, string System), DateTimeOffset> _underWay = [];

    /// <summary>Asks whether one more may begin; one that may is counted from then on, as its journal comes later.</summary>
    /// <param name="run">The run.</param>
    /// <param name="whyRefused">Says why not, by when the others began; null when it may.</param>
    public string? Ask(IntendedRun run, Func<IReadOnlyList<DateTimeOffset>, string?> whyRefused)
    {
        lock (_lock)
        {
            var over = Of(run.At);
            foreach (var (one, at) in _underWay.ToList())
            {
                // Its journal says now whether it was a drill.
                if (over.Any(drill => (drill.Experiment, drill.System) == one && drill.Ended >= at))
                {
                    _underWay.Remove(one);
                }
            }

            // A run is asked about again when it had to wait.
            var key = (run.Experiment, run.System);
            _underWay.Remove(key);
            var refusal = whyRefused([.. over.Where(drill => drill.IsDrill).Select(drill => drill.At), .. _underWay.Values]);
            if (refusal is null)
            {
                _underWay[key] = run.At;
            }

            return refusal;
        }
    }

    private IReadOnlyList<Begun> Of(DateTimeOffset now) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Journal.Suffix).Select(path => (Path: path, At: DateOf(path))).Where(file => file.At is { } at && at > now - LookedBack).Select(file => Of(file.Path, file.At!.Value))]
        : [];

    // The id of a run begins with when it began.
    private static DateTimeOffset? DateOf(string path) =>
        Path.GetFileName(path) is { } name && name.Length > IdDate.Length && DateTimeOffset.TryParseExact(name.AsSpan(0, IdDate.Length), IdDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private Begun Of(string path, DateTimeOffset at)
    {
        if (_read.TryGetValue(path, out var known))
        {
            return known;
        }

        try
        {
            var run = Journal.Read(File.ReadAllBytes(path));
            return _read[path] = new Begun(run.StartedAt, run.Name, run.System, run.StartedAt + run.Duration, run.Injection is not null || run.Faults.Count > 0 || run.Interrupted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return new Begun(at, null, null, at, true);
        }
    }

    /// <summary>A run that is over.</summary>
    /// <param name="At">When it began.</param>
    /// <param name="Experiment">The name of its experiment; null where it cannot be read.</param>
    /// <param name="System">What it was to break; null where it cannot be read.</param>
    /// <param name="Ended">When it ended.</param>
    /// <param name="IsDrill">Whether it broke anything, as far as anybody knows.</param>
    private sealed record Begun(DateTimeOffset At, string? Experiment, string? System, DateTimeOffset Ended, bool IsDrill);
}
