using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Parts;
using ChaosHarness.SystemFiles.Yaml;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>A part of the system that can fail on its own.</summary>
internal static class ComponentSection
{
    public static readonly Field<string> Name = new("name", Texts.Name, "What it is called; unique in the file.") { IsRequired = true };

    public static readonly Field<ComponentKind> Kind = new("kind", new ChoiceForm<ComponentKind>(
        ("service", ComponentKind.Service), ("database", ComponentKind.Database), ("cache", ComponentKind.Cache), ("load-balancer", ComponentKind.LoadBalancer), ("control", ComponentKind.Control)), "What it is. Default: service.");

    public static readonly Field<string> Zone = new("zone", Texts.Name, "The zone that it runs in; all of one zone are lost together.");

    public static readonly Field<HostReference> Host = new("host", Texts.Host, "Where it runs, and so its commands: local, ssh:user@name for another machine, container:name for the inside of a container. Default: local, this machine.");

    public static readonly Field<IReadOnlyList<string>> Run = new("run", Texts.Command, "A program that the harness starts for the drill, owns, and ends afterwards. Linux.");

    public static readonly Field<IReadOnlyDictionary<string, string>> Environment = new("environment", new MapForm("variables of the environment"), "Variables of the environment for run.");

    public static readonly Field<string> User = new("user", Texts.Name, "The user that run is started as, where the harness is root.");

    public static readonly Field<string> PidFile = new("pid-file", Texts.Plain, "It is the process whose number stands in this file.");

    public static readonly Field<string> Process = new("process", Texts.Name, "It is the only process that runs a program of this name, such as redis-server.");

    public static readonly Field<string> CommandLine = new("command-line", Texts.Plain, "It is the only process whose command line contains this text.");

    public static readonly Field<string> Unit = new("unit", Texts.Name, "It is the main process of this systemd unit, such as redis-server.service.");

    public static readonly Field<string> Container = new("container", Texts.Name, "It is this container, by name or id; broken by the API of its engine.");

    public static readonly Field<Values> Compose = new("compose", ComposeSection.Section, "It is the container that a compose project runs for a service; broken by the API of its engine.");

    public static readonly Field<IReadOnlyList<string>> Start = new("start", Texts.Command, "Brings it back; returns within 25 seconds. Written to disk, so never with a secret.");

    public static readonly Field<IReadOnlyList<string>> Stop = new("stop", Texts.Command, "Asks it to end. Default: SIGTERM to its process, the stop signal of its container.");

    public static readonly Field<IReadOnlyList<string>> Crash = new("crash", Texts.Command, "Ends it at once, where it is found in no other way; start undoes it.");

    public static readonly Field<IReadOnlyList<string>> Freeze = new("freeze", Texts.Command, "Lets it hang, where it is found in no other way; thaw undoes it.");

    public static readonly Field<IReadOnlyList<string>> Thaw = new("thaw", Texts.Command, "Lets it go on after freeze.");

    public static readonly Field<IReadOnlyList<string>> Look = new("look", Texts.Command, "Ends with 0 while it is there to be hit by crash, stop or freeze.");

    public static readonly Field<IReadiness> Ready = new("ready", new ReadyForm(), "When it is ready: an address that answers 200, a host and port that accept connections, or a program that ends with 0; on another host, a program there.");

    /// <summary>The ways in which it may be found.</summary>
    public static readonly IReadOnlyList<Field> Found = [Run, PidFile, Process, CommandLine, Unit, Container, Compose];

    public static readonly Section Section = new(
        "component",
        "A part of the system that can fail on its own.",
        [Name, Kind, Zone, Host, Run, Environment, User, PidFile, Process, CommandLine, Unit, Container, Compose, Start, Stop, Crash, Freeze, Thaw, Look, Ready],
        Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        var found = Found.Where(values.Has).ToList();
        if (found.Count > 1)
        {
            mistakes.Add(values.PlaceOf(found[1]), $"it is found by '{found[0].Name}' already; keep one of {string.Join(", ", found.Select(field => field.Name))}.");
        }

        foreach (var field in new Field[] { Environment, User }.Where(field => values.Has(field) && !values.Has(Run)))
        {
            mistakes.Add(values.PlaceOf(field), $"'{field.Name}' says how run starts it, and there is no run.");
        }

        var isProcess = values.Has(PidFile) || values.Has(Process) || values.Has(CommandLine);
        if ((isProcess || values.Has(Crash) || values.Has(Stop)) && !values.Has(Start) && !values.Has(Unit) && !values.Has(Run))
        {
            mistakes.Add(values.At, "'start' of this component is missing: nothing would bring it back. Name the program that does, such as [systemctl, start, orders].");
        }

        if (values.Has(Freeze) != values.Has(Thaw))
        {
            mistakes.Add(values.PlaceOf(values.Has(Freeze) ? Freeze : Thaw), values.Has(Freeze) ? "'thaw' is missing: nothing would let it go on." : "'thaw' undoes freeze, and there is no freeze.");
        }

        // What would be read and never used is worse than what is refused.
        if (values.Has(Ready) && !isProcess && !values.Has(Unit) && !values.Has(Run))
        {
            mistakes.Add(values.PlaceOf(Ready), "'ready' is for processes of this machine; here let start return when it is ready.");
        }

        if (values.Has(Look) && !values.Has(Crash) && !values.Has(Stop) && !values.Has(Freeze))
        {
            mistakes.Add(values.PlaceOf(Look), "'look' is asked before crash, stop and freeze, and there is none of them.");
        }

        if (values.Has(Start) && !isProcess && !values.Has(Unit) && !values.Has(Run) && !values.Has(Crash) && !values.Has(Stop))
        {
            mistakes.Add(values.PlaceOf(Start), "'start' undoes crash and stop, and there is none of them.");
        }

        foreach (var field in new Field[] { Start, Stop, Crash, Freeze, Look }.Where(field => values.Has(field) && values.Has(Run)))
        {
            mistakes.Add(values.PlaceOf(field), $"'{field.Name}' is for what the harness did not start; what it runs it can start, stop and freeze by itself.");
        }

        if (values.Get(Host) is { IsThisMachine: false } host)
        {
            CheckElsewhere(values, host, mistakes);
        }
    }

    private static void CheckElsewhere(Values values, HostReference host, Mistakes mistakes)
    {
        foreach (var field in new Field[] { Run, CommandLine, Container, Compose }.Where(values.Has))
        {
            mistakes.Add(values.PlaceOf(field), $"'{field.Name}' is for this machine, and the host is {host}: there a part is found by unit, pid-file or process, or has the commands crash, start, freeze and thaw.");
        }

        if (values.Has(Unit) && values.Has(Start))
        {
            mistakes.Add(values.PlaceOf(Start), "a unit of another host is started by its systemd; leave 'start' out.");
        }

        if (values.Get(Ready) is { } ready and not Parts.ProgramReadiness)
        {
            mistakes.Add(values.PlaceOf(Ready), $"on {host} 'ready' is a program there that ends with 0, as a list, such as [pg_isready, -q].");
        }
    }
}
