using ChaosHarness.Expectations;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.SystemFiles.Yaml;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Plans;

/// <summary>Puts the values of a file together, and finds what does not fit.</summary>
internal sealed class PlanReader
{
    private readonly Values _file;
    private readonly Mistakes _mistakes;

    private PlanReader(Values file, Mistakes mistakes)
    {
        _file = file;
        _mistakes = mistakes;
    }

    /// <summary>Reads a plan from values; of one with mistakes nothing may be made.</summary>
    public static SystemPlan Read(Values file, Mistakes mistakes, string folder) => new PlanReader(file, mistakes).Plan(folder);

    private SystemPlan Plan(string folder)
    {
        var components = (_file.Get(SystemSection.Components) ?? []).Select(Component).ToList();
        if (components.Count == 0 && _file.Has(SystemSection.Components))
        {
            _mistakes.Add(_file.PlaceOf(SystemSection.Components), "a system has at least one component.");
        }

        var links = (_file.Get(SystemSection.Links) ?? []).Select(values => Link(values, [.. components.Select(component => component.Component.Name)])).ToList();
        var writes = Traffic(_file.Get(SystemSection.Writes), WritesSection.Name, "writes");
        var probes = Traffic(_file.Get(SystemSection.Probes), ProbeSection.Name, "probe");
        Unique([.. components.Select(component => (component.Component.Name, component.Values.PlaceOf(ComponentSection.Name))), .. links.Zip(_file.Get(SystemSection.Links) ?? [], (link, values) => (link.Name, values.PlaceOf(LinkSection.Name)))], "component or link");
        Unique([.. writes.Select(traffic => (traffic.Name, traffic.Values.PlaceOf(WritesSection.Name))), .. probes.Select(traffic => (traffic.Name, traffic.Values.PlaceOf(ProbeSection.Name)))], "writes or probe");
        Unique([.. links.Zip(_file.Get(SystemSection.Links) ?? []).Where(pair => pair.First.IsEmbedded).Select(pair => (pair.First.Embedded!.Value.Listen.ToString(), pair.Second.PlaceOf(LinkSection.Listen)))], "proxy that listens at");
        var steady = _file.Get(SystemSection.SteadyState);
        var faults = _file.Get(SystemSection.Faults);
        var limits = _file.Get(SystemSection.Limits);
        var owns = components.Count > 0 && components.TrueForAll(component => component.Values.Has(ComponentSection.Run));
        var isElsewhere = components.Exists(component => component.Values.Get(ComponentSection.Host)?.Kind == HostReferenceKind.Ssh);
        return new SystemPlan(_file.Get(SystemSection.System) ?? "", _file.Get(SystemSection.Environment) ?? "", Reach(owns, isElsewhere), folder)
        {
            Engine = _file.Get(SystemSection.Engine),
            SshConfig = _file.Get(SystemSection.SshConfig) is { } config ? Path.GetFullPath(config, folder) : null,
            Components = components,
            Links = links,
            Writes = writes,
            Probes = probes,
            SteadySource = Source(steady, [.. writes.Concat(probes).Select(traffic => traffic.Name)]),
            Success = steady?.Number(SteadyStateSection.Success) ?? 0.99,
            Latency = steady?.Get(SteadyStateSection.Latency),
            SteadyFor = steady?.Number(SteadyStateSection.For) ?? TimeSpan.FromSeconds(2),
            Objectives = Objectives(writes),
            Length = faults?.Number(FaultsSection.Length) ?? TimeSpan.FromSeconds(3),
            Delay = faults?.Number(FaultsSection.Delay) ?? TimeSpan.FromMilliseconds(300),
            MaximumTargets = (int)(limits?.Number(LimitsSection.Targets) ?? 5),
            MaximumShare = limits?.Number(LimitsSection.Share) ?? 0.5,
        };
    }

    private static ComponentPlan Component(Values values)
    {
        return new ComponentPlan(new Component(values.Get(ComponentSection.Name) ?? "", values.Number(ComponentSection.Kind) ?? ComponentKind.Service, values.Get(ComponentSection.Zone)), values);
    }

    private LinkPlan Link(Values values, IReadOnlyList<string> components)
    {
        foreach (var end in new[] { LinkSection.From, LinkSection.To })
        {
            if (values.Get(end) is { } name && !components.Contains(name, StringComparer.Ordinal))
            {
                var meant = Likeness.Nearest(name, components);
                _mistakes.Add(values.PlaceOf(end), $"there is no component '{name}'{(meant is null ? $"; there are {string.Join(", ", components.Take(10))}." : $"; did you mean '{meant}'?")}");
            }
        }

        var title = values.Get(LinkSection.Name) ?? $"{values.Get(LinkSection.From)} to {values.Get(LinkSection.To)}";
        var (listen, upstream) = (values.Get(LinkSection.Listen), values.Get(LinkSection.Upstream));
        return new LinkPlan(title, values.Get(LinkSection.From) ?? "", values.Get(LinkSection.To) ?? "")
        {
            Embedded = listen is not null && upstream is not null ? (listen, upstream) : null,
            Server = values.Get(LinkSection.Toxiproxy),
            Proxy = values.Get(LinkSection.Proxy) ?? title,
        };
    }

    private static List<TrafficPlan> Traffic(IReadOnlyList<Values>? all, Field<string> name, string usual) =>
        [.. (all ?? []).Select((values, index) => new TrafficPlan(values.Get(name) ?? (index == 0 ? usual : FormattableString.Invariant($"{usual}-{index + 1}")), values))];

    private SystemReach Reach(bool owns, bool isElsewhere)
    {
        var reach = _file.Number(SystemSection.Reach) ?? (owns ? SystemReach.Owned : isElsewhere ? SystemReach.Shared : SystemReach.Machine);
        if (reach == SystemReach.Owned && !owns)
        {
            _mistakes.Add(_file.PlaceOf(SystemSection.Reach), "a system is owned by a drill where the harness runs every component of it; this one has others, so it is machine or shared.");
        }

        return reach;
    }

    private string Source(Values? steady, IReadOnlyList<string> known)
    {
        var wanted = steady?.Get(SteadyStateSection.Of);
        if (wanted is not null && !known.Contains(wanted, StringComparer.Ordinal))
        {
            _mistakes.Add(steady!.PlaceOf(SteadyStateSection.Of), $"there are no writes and no probe '{wanted}'; there are {string.Join(", ", known)}.");
        }

        return wanted ?? (known.Count > 0 ? known[0] : "");
    }

    private Objectives Objectives(List<TrafficPlan> writes)
    {
        if (_file.Get(SystemSection.Objectives) is not { } values)
        {
            return ChaosHarness.Expectations.Objectives.None;
        }

        if (values.Has(ObjectivesSection.Rpo) && (writes.Count == 0 || !writes.TrueForAll(CanReadBack)))
        {
            _mistakes.Add(values.PlaceOf(ObjectivesSection.Rpo), "nobody could tell what was lost: every writes needs a read-back.");
        }

        return new Objectives
        {
            Rto = values.Number(ObjectivesSection.Rto),
            Rpo = values.Get(ObjectivesSection.Rpo),
            Availability = values.Number(ObjectivesSection.Availability),
            Latency = values.Get(ObjectivesSection.Latency),
        };
    }

    private static bool CanReadBack(TrafficPlan writes) =>
        writes.Values.Has(WritesSection.ReadBack)
        || writes.Values.Get(WritesSection.Http)?.Has(HttpSection.ReadBack) == true
        || writes.Values.Get(WritesSection.Sql)?.Has(SqlSection.ReadBack) == true
        || writes.Values.Get(WritesSection.Redis)?.Has(RedisSection.ReadBack) == true
        || writes.Values.Has(WritesSection.Amqp);

    private void Unique(IReadOnlyList<(string Name, Place At)> names, string what)
    {
        foreach (var (name, at) in names.Where(one => one.Name.Length > 0).GroupBy(one => one.Name, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
        {
            _mistakes.Add(at, $"there is a {what} '{name}' already, in line {names.First(one => one.Name == name).At.Line}; give this one another name.");
        }
    }
}
