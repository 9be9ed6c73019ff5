using ChaosHarness.Containers;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Hosts.Processes;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Hosts;
using ChaosHarness.Processes;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A component with what can be done to it.</summary>
/// <param name="Swept">The same for generic experiments.</param>
/// <param name="Owned">The process, where the harness runs it.</param>
/// <param name="Container">The container, where it is one.</param>
internal sealed record ComponentPart(SweptComponent Swept, OwnedProcess? Owned = null, ContainerComponent? Container = null)
{
    public static ComponentPart Of(ComponentPlan plan, Surroundings around)
    {
        if (plan.Values.Get(ComponentSection.Run) is { } run)
        {
            return Run(plan, run, around.Folder);
        }

        var host = around.Host(plan.Values.Get(ComponentSection.Host));
        var container = ContainerOf(plan, around);
        var found = container is not null ? OfContainer(container) : host is not null ? OnHost(plan, host) : Found(plan, around.Folder);
        return new ComponentPart(Commanded(plan, found, host), Container: container);
    }

    private static ComponentPart Run(ComponentPlan plan, IReadOnlyList<string> run, string folder)
    {
        var ready = plan.Values.Get(ComponentSection.Ready);
        var process = new OwnedProcess(
            plan.Component,
            new ProcessPlan(plan.Component.Name, run[0], [.. run.Skip(1)], folder)
            {
                Environment = plan.Values.Get(ComponentSection.Environment) ?? new Dictionary<string, string>(),
                // Nobody else may become another user.
                User = Environment.IsPrivilegedProcess ? plan.Values.Get(ComponentSection.User) : null,
            },
            async token => ready is null || await ready.WhyNotAsync(token).ConfigureAwait(false) is null);
        return new ComponentPart(OfProcess(process), Owned: process);
    }

    private static SweptComponent Found(ComponentPlan plan, string folder)
    {
        var (component, values) = (plan.Component, plan.Values);
        if (values.Get(ComponentSection.PidFile) is { } file)
        {
            return OfProcess(new FoundProcess(ExternalProcess.WithPidFile(component, Path.GetFullPath(file, folder), values.Get(ComponentSection.Start)![0], [.. values.Get(ComponentSection.Start)!.Skip(1)]), null, values.Get(ComponentSection.Ready)));
        }

        var unit = values.Get(ComponentSection.Unit);
        var search = values.Get(ComponentSection.Process) is { } program ? ProcessSearch.ByProgram(program)
            : values.Get(ComponentSection.CommandLine) is { } text ? ProcessSearch.ByCommandLine(text)
            : unit is not null ? ProcessSearch.ByUnit(unit)
            : null;
        if (search is null)
        {
            return new SweptComponent(component);
        }

        var start = values.Get(ComponentSection.Start) ?? ["systemctl", "start", unit!];
        return OfProcess(new FoundProcess(new ExternalProcess(component, search.Find, start[0], [.. start.Skip(1)]), search, values.Get(ComponentSection.Ready)));
    }

    private static SweptComponent OfProcess(IProcessComponent process) => new(process.Component) { Crash = process.Crash(), Stop = process.Stop(), Freeze = process.Freeze() };

    private static ContainerComponent? ContainerOf(ComponentPlan plan, Surroundings around)
    {
        var (component, values) = (plan.Component, plan.Values);
        return values.Get(ComponentSection.Container) is { } name ? around.Engine.Container(name, component.Kind, component.Zone, component.Name)
            : values.Get(ComponentSection.Compose) is { } compose ? around.Engine.ComposeService(compose.Get(ComposeSection.Project)!, compose.Get(ComposeSection.Service)!, component.Name, (int?)compose.Number(ComposeSection.Number), component.Kind, component.Zone)
            : null;
    }

    private static SweptComponent OfContainer(ContainerComponent container) => new(container.Component) { Crash = container.Crash(), Stop = container.Stop(), Freeze = container.Freeze() };

    private static SweptComponent OnHost(ComponentPlan plan, IHost host)
    {
        var (component, values) = (plan.Component, plan.Values);
        var start = values.Get(ComponentSection.Start) ?? [];
        HostComponent? found = values.Get(ComponentSection.Unit) is { } unit ? host.Unit(component, unit)
            : values.Get(ComponentSection.PidFile) is { } file ? host.PidFile(component, file, start)
            : values.Get(ComponentSection.Process) is { } program ? host.ProcessNamed(component, program, start)
            : null;
        if (found is null)
        {
            return new SweptComponent(component);
        }

        found = found with { ReadyWhen = (values.Get(ComponentSection.Ready) as ProgramReadiness)?.Command };
        return new SweptComponent(component) { Crash = found.Crash(), Stop = found.Stop(), Freeze = found.Freeze() };
    }

    // What the file says comes before what follows from how it is found.
    private static SweptComponent Commanded(ComponentPlan plan, SweptComponent found, IHost? host)
    {
        var (name, values) = (plan.Component.Name, plan.Values);
        var look = values.Get(ComponentSection.Look);
        var start = values.Get(ComponentSection.Start) ?? (values.Get(ComponentSection.Unit) is { } unit ? ["systemctl", "start", unit] : null);
        return found with
        {
            Crash = values.Get(ComponentSection.Crash) is { } crash ? Command("crash", crash, start) : found.Crash,
            Stop = values.Get(ComponentSection.Stop) is { } stop ? Command("stop", stop, start) : found.Stop,
            Freeze = values.Get(ComponentSection.Freeze) is { } freeze ? Command("freeze", freeze, values.Get(ComponentSection.Thaw)) : found.Freeze,
        };

        Fault Command(string word, IReadOnlyList<string> inject, IReadOnlyList<string>? revert) =>
            host is null ? Fault.Command($"{word} {name}", name, inject, revert, look) : host.Command($"{word} {name}", name, inject, revert, look);
    }
}
