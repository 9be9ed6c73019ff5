using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Processes;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A component with what can be done to it.</summary>
/// <param name="Swept">The same for generic experiments.</param>
/// <param name="Owned">The process, where the harness runs it.</param>
internal sealed record ComponentPart(SweptComponent Swept, OwnedProcess? Owned)
{
    public static ComponentPart Of(ComponentPlan plan, string folder) => plan.Values.Get(ComponentSection.Run) is { } run ? Run(plan, run, folder) : new ComponentPart(Commanded(plan, Found(plan, folder)), null);

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
        return new ComponentPart(OfProcess(process), process);
    }

    private static SweptComponent Found(ComponentPlan plan, string folder)
    {
        var (component, values) = (plan.Component, plan.Values);
        if (values.Get(ComponentSection.PidFile) is { } file)
        {
            return OfProcess(new FoundProcess(ExternalProcess.WithPidFile(component, Path.GetFullPath(file, folder), values.Get(ComponentSection.Start)![0], [.. values.Get(ComponentSection.Start)!.Skip(1)]), null, values.Get(ComponentSection.Ready)));
        }

        if (values.Get(ComponentSection.Container) is { } container)
        {
            return OfContainer(component, container);
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

    private static SweptComponent OfContainer(Component component, string container)
    {
        IReadOnlyList<string> look = ["docker", "inspect", "--type", "container", container];
        return new SweptComponent(component)
        {
            Crash = Fault.Command($"crash {component.Name}", component.Name, ["docker", "kill", container], ["docker", "start", container], look),
            Stop = Fault.Command($"stop {component.Name}", component.Name, ["docker", "stop", container], ["docker", "start", container], look),
            Freeze = Fault.Command($"freeze {component.Name}", component.Name, ["docker", "pause", container], ["docker", "unpause", container], look),
        };
    }

    // What the file says comes before what follows from how it is found.
    private static SweptComponent Commanded(ComponentPlan plan, SweptComponent found)
    {
        var (name, values) = (plan.Component.Name, plan.Values);
        var look = values.Get(ComponentSection.Look);
        var start = values.Get(ComponentSection.Start) ?? Usual(values);
        return found with
        {
            Crash = values.Get(ComponentSection.Crash) is { } crash ? Fault.Command($"crash {name}", name, crash, start, look) : found.Crash,
            Stop = values.Get(ComponentSection.Stop) is { } stop ? Fault.Command($"stop {name}", name, stop, start, look) : found.Stop,
            Freeze = values.Get(ComponentSection.Freeze) is { } freeze ? Fault.Command($"freeze {name}", name, freeze, values.Get(ComponentSection.Thaw), look) : found.Freeze,
        };
    }

    private static IReadOnlyList<string>? Usual(Values values) =>
        values.Get(ComponentSection.Unit) is { } unit ? ["systemctl", "start", unit]
        : values.Get(ComponentSection.Container) is { } container ? ["docker", "start", container]
        : null;
}
