using System.Globalization;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.Timing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>Reads a file of random termination. Every mistake in it is named at once; a word that there is not is one.</summary>
internal sealed class TerminationFile
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly List<string> _mistakes = [];
    private readonly string _folder;
    private readonly LinesOf _lines;

    private TerminationFile(string folder, LinesOf lines) => (_folder, _lines) = (folder, lines);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; paths in it are meant from its folder.</param>
    /// <exception cref="FormatException">It is none; names the file, and the line or every mistake.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static TerminationSettings Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file {path}. Name one with --config; docs/game-days.md shows what is in it.");
        }

        var text = file.Length <= MostBytes ? File.ReadAllText(file.FullName) : throw new FormatException($"{path} is larger than {MostBytes >> 20} MB, and so none of random termination.");
        return Parse(text, path, file.DirectoryName!);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="FormatException">It is none; names the file, and the line or every mistake.</exception>
    public static TerminationSettings Parse(string text, string name, string folder)
    {
        var document = Document(text, name);
        var reading = new TerminationFile(folder, new LinesOf(text));
        var settings = reading.Settings(document);
        return reading._mistakes.Count == 0 ? settings! : throw new FormatException($"{name}: {string.Join(" ", reading._mistakes)}");
    }

    private static TerminationDocument Document(string text, string name)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<TerminationDocument?>(text)
                ?? throw new FormatException($"{name} is empty. docs/game-days.md shows what is in it.");
        }
        catch (YamlException exception)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name}, line {exception.Start.Line}: {WordsOf(exception)}"), exception);
        }
    }

    // It names types of ours, which mean nothing to who writes the file.
    private static string WordsOf(YamlException exception)
    {
        var text = (exception.InnerException as YamlException ?? exception).Message;
        var why = exception.InnerException?.Message ?? "";
        return text.Split(" not found on type") is [var unknown, _] ? unknown.Replace("Property", "There is no word", StringComparison.Ordinal) + "."
            : why.Contains("System.String", StringComparison.Ordinal) ? "a text belongs here; {instance} has to be in quotation marks."
            : why.Length > 0 || text.Contains("Exception", StringComparison.Ordinal) ? $"the value is not of the form that belongs here. {why}".TrimEnd()
            : text;
    }

    private TerminationSettings? Settings(TerminationDocument document)
    {
        var hours = Hours(document.Hours);
        var outage = document.Outage is null ? Mistake<ICheck>("outage is missing: the url or the command that says whether something is wrong already.") : Check(_lines.Named("outage"), document.Outage);
        Require(!string.IsNullOrWhiteSpace(document.Environment), "environment is missing: where the instances run, such as staging.");
        Require(document.Groups is { Count: > 0 }, "groups is missing: at least one.");
        var groups = (document.Groups ?? []).Select(Group).ToList();
        foreach (var twice in groups.GroupBy(group => group.Name, StringComparer.Ordinal).Where(same => same.Count() > 1 && same.Key.Length > 0))
        {
            _mistakes.Add($"There are {twice.Count()} groups with the name '{twice.Key}'.");
        }

        return hours is null || outage is null ? null : new TerminationSettings(hours, document.Environment ?? "", outage)
        {
            IsEnabled = document.Enabled,
            IsLeashed = document.Leashed,
            Seed = document.Seed,
            Freezes = string.IsNullOrWhiteSpace(document.Freezes) ? null : new FreezeCalendar(Path.GetFullPath(document.Freezes, _folder)),
            ProductionPermission = document.ProductionPermission,
            Groups = groups,
            ExceptedGroups = new NamePatterns(document.Except?.Groups ?? []),
            ExceptedInstances = new NamePatterns(document.Except?.Instances ?? []),
        };
    }

    private TerminationGroup Group(GroupDocument document, int index)
    {
        var name = document.Name?.Trim() ?? "";
        var what = _lines.Group(name.Length > 0 ? $"Group '{name}'" : string.Create(CultureInfo.InvariantCulture, $"Group {index + 1}"), index);
        Require(name.Length > 0 && !name.Any(char.IsControl), $"{what} has no name.");
        Require(document.MinimumDays >= 1, $"{what}: minimum-days has to be 1, the next working day, or more.");
        Require(document.MeanDays is { } mean && double.IsFinite(mean) && mean >= Math.Max(1, document.MinimumDays), $"{what}: mean-days is missing, or less than minimum-days: the mean cannot be below the least.");
        Require(document.Instances is { Count: > 0 } != document.InstancesFrom is { Count: > 0 }, $"{what} needs either instances, a list of names, or instances-from, a program and its arguments that writes them.");
        Require(document.Instances?.All(instance => !string.IsNullOrWhiteSpace(instance)) != false, $"{what}: one of its instances has no name.");
        Require(document.Terminate is { Count: > 0 } terminate && TerminationGroup.NamesInstance(terminate), $"{what}: terminate is missing, a program and its arguments with \"{{instance}}\" in one of them.");
        Require(document.Restore is { Count: > 0 } != document.HealsItself, $"{what} needs either restore, a program and its arguments that brings \"{{instance}}\" back, or heals-itself: true where the platform does.");
        Require(document.Restore is null or { Count: 0 } || TerminationGroup.NamesInstance(document.Restore), $"{what}: restore has no \"{{instance}}\" in it.");
        return new TerminationGroup(name, document.MeanDays ?? 1, document.MinimumDays)
        {
            IsEnabled = document.Enabled,
            Instances = document.Instances,
            InstancesFrom = document.InstancesFrom is null ? null : Call(document.InstancesFrom),
            Terminate = Call(document.Terminate ?? []),
            Restore = document.Restore is null ? null : Call(document.Restore),
            Look = document.Look is { Count: > 0 } look ? Call(look) : null,
            Health = document.Health is null ? null : Check($"{what}: health", document.Health),
            Every = Duration($"{what}: every", document.Every, TimeSpan.FromSeconds(1), ShortestPause, LongestPause),
            Rto = document.Rto is null ? null : Duration($"{what}: rto", document.Rto, default, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
        };
    }

    private ICheck? Check(string what, CheckDocument document)
    {
        var patience = Duration($"{what}: timeout", document.Timeout, UsualPatience, ShortestPause, LongestPatience);
        if (document.Url is null != document.Command is { Count: > 0 })
        {
            return Mistake<ICheck>($"{what} needs either a url or a command.");
        }

        if (document.Command is { } command)
        {
            return new CommandCheck(Call(command), patience);
        }

        return Uri.TryCreate(document.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new HttpCheck(address!, document.Status ?? [], patience)
            : Mistake<ICheck>($"{what}: '{document.Url}' is no address of http or https.");
    }

    private WorkingHours? Hours(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? Mistake<WorkingHours>("hours is missing, such as Mon-Fri 09:00-15:00 Europe/Berlin.") : WorkingHours.Parse(text);
        }
        catch (FormatException exception)
        {
            return Mistake<WorkingHours>($"{_lines.Named("hours")}: {exception.Message}");
        }
    }

    // A path is meant from where the file is; a name is looked for on the PATH.
    private List<string> Call(List<string> call) => call is [var program, ..] && Path.GetDirectoryName(program) is { Length: > 0 } ? [Path.GetFullPath(program, _folder), .. call.Skip(1)] : call;

    private TimeSpan Duration(string what, string? text, TimeSpan usual, TimeSpan least, TimeSpan most)
    {
        var duration = usual;
        Require(text is null || (DurationText.TryParse(text, out duration) && duration >= least && duration <= most), $"{what} is '{text}', but must be a duration from {DurationText.Format(least)} to {DurationText.Format(most)}.");
        return duration;
    }

    private void Require(bool holds, string mistake)
    {
        if (!holds)
        {
            _mistakes.Add(mistake);
        }
    }

    private T? Mistake<T>(string mistake)
        where T : class
    {
        _mistakes.Add(mistake);
        return null;
    }
}
