using System.Diagnostics;
using System.Globalization;

namespace ChaosHarness.Faults.Processes;

/// <summary>A process, told from a later one that got the same number by when it started.</summary>
/// <param name="Id">The process number.</param>
/// <param name="Started">When it started, in a unit of the operating system; only ever compared for equality.</param>
public readonly record struct ProcessIdentity(int Id, long Started)
{
    /// <summary>Whether this very process still runs; one that has ended but was not yet collected does not.</summary>
    public bool IsRunning => Find(Id) is { } now && now == this;

    /// <summary>How exactly it is known when a process started, beside the clock of files.</summary>
    internal static TimeSpan ClockGrain { get; } = TimeSpan.FromSeconds(2);

    /// <summary>When it started, UTC, to about a second; null when nobody can tell.</summary>
    internal DateTime? StartedAt => OperatingSystem.IsLinux() ? ProcStat.WallClock(Started) : new DateTime(Started, DateTimeKind.Utc);

    /// <summary>The file name of the program that it runs; null when nobody can tell, as for a process of another user.</summary>
    internal string? Program
    {
        get
        {
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    return File.ResolveLinkTarget($"/proc/{Id.ToString(CultureInfo.InvariantCulture)}/exe", returnFinalTarget: false) is { } program ? Path.GetFileName(program.FullName) : null;
                }

                using var process = Process.GetProcessById(Id);
                return process.ProcessName;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>Whether a signal has stopped it; null when nobody can tell, or it has ended.</summary>
    internal bool? IsStopped => OperatingSystem.IsLinux() && ProcStat.Read(Id) is { IsRunning: true } stat && stat.Started == Started ? stat.IsStopped : null;

    /// <summary>Finds a process by its number.</summary>
    /// <param name="id">The process number.</param>
    /// <returns>The process, or null when none with that number runs.</returns>
    public static ProcessIdentity? Find(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcStat.Read(id) is { IsRunning: true } stat ? new ProcessIdentity(id, stat.Started) : null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : new ProcessIdentity(id, process.StartTime.ToUniversalTime().Ticks);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Such as <c>4711@123456</c>.</summary>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}@{Started}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The process.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ProcessIdentity Parse(string text)
    {
        var parts = text?.Split('@') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var started)
            ? new ProcessIdentity(id, started)
            : throw new FormatException($"'{text}' is not a process: number@start was expected.");
    }
}
