using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Something that is looked at all the while.</summary>
internal static class ProbeSection
{
    public static readonly Field<string> Name = new("name", Texts.Name, "What it is called. Default: probe.");

    public static readonly Field<Uri> Http = new("http", Texts.Address, "An address; an answer of 200 to 299 is good.");

    public static readonly Field<Endpoint> Tcp = new("tcp", Texts.Endpoint, "A host and port; a connection made is good.");

    public static readonly Field<IReadOnlyList<string>> Command = new("command", Texts.Command, "A program; exit code 0 is good.");

    public static readonly Field<HostReference> Host = new("host", Texts.Host, "Where command is run: local, ssh:user@name, container:name. Default: local, this machine.");

    public static readonly Field<TimeSpan> Every = new("every", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), "100ms"), "Time between looks. Default: 100ms; 500ms for a program.");

    public static readonly Field<TimeSpan> Timeout = new("timeout", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "1s"), "A look that is not answered for so long is bad. Default: 1s; 5s for a program.");

    public static readonly Field<TimeSpan> SlowAfter = new("slow-after", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "250ms"), "A look that took longer is bad. Default: none is too slow.");

    private static readonly IReadOnlyList<Field> Ways = [Http, Tcp, Command];

    public static readonly Section Section = new("probe", "Something that is looked at all the while.", [Name, Http, Tcp, Command, Host, Every, Timeout, SlowAfter], Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        if (Ways.Count(values.Has) != 1)
        {
            mistakes.Add(values.At, "a probe looks in one way: http, tcp or command.");
        }

        if (values.Has(Host) && !values.Has(Command))
        {
            mistakes.Add(values.PlaceOf(Host), "'host' says where command is run, and there is no command.");
        }
    }
}
