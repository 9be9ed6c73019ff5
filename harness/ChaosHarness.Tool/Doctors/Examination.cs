using ChaosHarness.Experiments;
using ChaosHarness.Ledger;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Safety;
using ChaosHarness.Tool.Commands;

namespace ChaosHarness.Tool.Doctors;

/// <summary>Looks at everything that the harness needs or can use here. Changes nothing.</summary>
internal static class Examination
{
    private const string DebianNode = "apt-get install nodejs npm";

    public static async IAsyncEnumerable<Diagnosis> RunAsync(Workspace workspace, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await DotnetAsync(cancellationToken).ConfigureAwait(false);
        yield return FaultJournal();
        yield return Results(workspace);
        yield return Leftovers();
        yield return HaltFile();
        yield return await LedgerAsync(cancellationToken).ConfigureAwait(false);
        yield return Tool("Allure site", ["node", "npm"], "the report has our own pages alone", OperatingSystem.IsLinux() ? DebianNode : "https://nodejs.org");
        yield return PaperCopy.Find() is { } browser
            ? new Diagnosis("PDF of the scorecard", Health.Well, browser)
            : new Diagnosis("PDF of the scorecard", Health.Lacking, "no Chromium or Chrome is here", OperatingSystem.IsLinux() ? "apt-get install chromium" : "https://www.google.com/chrome");
        yield return OperatingSystem.IsWindows()
            ? new Diagnosis("faults on processes", Health.Lacking, "Crash works; Stop and Freeze need Linux or macOS, and make an experiment Inconclusive here")
            : new Diagnosis("faults on processes", Health.Well, "Crash, Stop, Freeze");
        yield return LocalCloud();
    }

    private static async Task<Diagnosis> DotnetAsync(CancellationToken cancellationToken)
    {
        const string Subject = ".NET SDK";
        const string Cure = "https://dotnet.microsoft.com/download";
        if (Programs.Find("dotnet") is not { } dotnet)
        {
            return new Diagnosis(Subject, Health.Ill, "dotnet is not on the PATH", Cure);
        }

        var (_, output) = await Programs.ReadAsync(dotnet, ["--list-sdks"], Path.GetTempPath(), cancellationToken).ConfigureAwait(false);
        var versions = output.Split('\n').Select(line => line.Split(' ')[0]).Where(version => version.Length > 0).ToList();
        return versions.Any(version => int.TryParse(version.Split('.')[0], out var major) && major >= 10)
            ? new Diagnosis(Subject, Health.Well, string.Join(", ", versions))
            : new Diagnosis(Subject, Health.Ill, versions.Count > 0 ? $"10 or later is needed; here is {string.Join(", ", versions)}" : "10 or later is needed; none is here", Cure);
    }

    // Nothing is broken that could not be noted first.
    private static Diagnosis FaultJournal()
    {
        const string Subject = "fault journals";
        var folder = new RunnerOptions().FaultJournalFolder;
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(folder).FullName, $".doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Diagnosis(Subject, Health.Well, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Diagnosis(Subject, Health.Ill, exception.Message, "name a folder that can be written by Chaos.FaultJournalFolder in the run settings");
        }
    }

    // A drill refuses to break anything whose result it could not keep.
    private static Diagnosis Results(Workspace workspace)
    {
        const string Subject = "results";
        string[] places = [workspace.Artifacts, workspace.Sessions, Path.Combine(workspace.Artifacts, "journals"), workspace.Report, workspace.History];
        return places.Select(FileTrouble.WhyUnwritable).FirstOrDefault(problem => problem is not null) is { } problem
            ? new Diagnosis(Subject, Health.Ill, problem, $"let {Environment.UserName} write there: chown -R {Environment.UserName} {Workspace.Shown(workspace.Artifacts)}, as its owner or an administrator")
            : new Diagnosis(Subject, Health.Well, workspace.Artifacts);
    }

    private static Diagnosis Leftovers()
    {
        const string Subject = "left broken";
        var faults = LeftoverFaults.Find(new RunnerOptions().FaultJournalFolder, TimeProvider.System);
        return faults.Count == 0
            ? new Diagnosis(Subject, Health.Well, "nothing")
            : new Diagnosis(Subject, Health.Ill, $"{faults.Count}: {string.Join(", ", faults.Take(3).Select(fault => fault.Fault))}{(faults.Count > 3 ? ", ..." : "")}", "chaos faults list");
    }

    private static Diagnosis HaltFile()
    {
        const string Subject = "halt lever";
        var engaged = Workspace.Here.Select(place => (File: place.HaltFile, Release: "chaos halt --release")).Append((File: HaltOrder.OfThisMachine, Release: "chaos halt --release --machine")).FirstOrDefault(halt => HaltOrder.Find(halt.File) is not null);
        return engaged.File is null
            ? new Diagnosis(Subject, Health.Well, "not engaged")
            : new Diagnosis(Subject, Health.Ill, $"{$"engaged {HaltOrder.Find(engaged.File)}".TrimEnd()}: nothing starts while {engaged.File} is there", engaged.Release);
    }

    private static async Task<Diagnosis> LedgerAsync(CancellationToken cancellationToken)
    {
        const string Subject = "ledger";
        try
        {
            // A file is brought up to date when it is opened, and looking changes nothing.
            if (LedgerOption.Read(null) is { IsShared: false } file)
            {
                return WhyReadOnly(file.Shown) is { } problem
                    ? new Diagnosis(Subject, Health.Lacking, problem, $"let {Environment.UserName} write it; until then journals wait to be imported")
                    : new Diagnosis(Subject, Health.Well, file.Shown);
            }

            await using var ledger = await LedgerOption.OpenAsync(null, cancellationToken).ConfigureAwait(false);
            return new Diagnosis(Subject, Health.Well, ledger.Address.ToString());
        }
        catch (LedgerException exception)
        {
            return new Diagnosis(Subject, Health.Lacking, exception.Message, "chaos ledger migrate, where it is of an earlier version");
        }
    }

    private static string? WhyReadOnly(string file)
    {
        if (!File.Exists(file))
        {
            return Path.GetDirectoryName(file) is { Length: > 0 } folder ? FileTrouble.WhyUnwritable(folder) : null;
        }

        try
        {
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static Diagnosis LocalCloud()
    {
        const string Subject = "local cloud";
        const string Cure = "apt-get install postgresql haproxy util-linux procps";
        if (!OperatingSystem.IsLinux())
        {
            return new Diagnosis(Subject, Health.Lacking, "it needs Linux: a container or WSL 2 will do");
        }

        const string Servers = "/usr/lib/postgresql";
        string?[] missing =
        [
            Environment.GetEnvironmentVariable("CHAOSHARNESS_POSTGRES_BIN") is null && Programs.Find("postgres") is null && !(Directory.Exists(Servers) && Directory.EnumerateFileSystemEntries(Servers).Any()) ? "PostgreSQL" : null,
            Programs.Find("haproxy") is null && !File.Exists("/usr/sbin/haproxy") ? "HAProxy" : null,
            Programs.Find("setpriv") is null ? "setpriv" : null,
        ];
        return missing.All(name => name is null)
            ? new Diagnosis(Subject, Health.Well, "PostgreSQL, HAProxy, setpriv")
            : new Diagnosis(Subject, Health.Lacking, $"{string.Join(", ", missing.Where(name => name is not null))} missing", Cure);
    }

    private static Diagnosis Tool(string subject, string[] programs, string without, string cure)
    {
        var missing = programs.Where(program => Programs.Find(program) is null).ToList();
        return missing.Count == 0
            ? new Diagnosis(subject, Health.Well, string.Join(", ", programs))
            : new Diagnosis(subject, Health.Lacking, $"{string.Join(", ", missing)} missing: {without}", cure);
    }
}
