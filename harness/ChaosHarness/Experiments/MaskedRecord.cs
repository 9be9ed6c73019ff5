using ChaosHarness.Expectations;
using ChaosHarness.Safety;

namespace ChaosHarness.Experiments;

/// <summary>Records without the secrets that a reason, a log, an answer or a setting brought in. A record that has none stays the same.</summary>
internal sealed class MaskedRecord
{
    // The same few texts come back again and again.
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private bool _hasSecrets;

    private MaskedRecord()
    {
    }

    public static RunRecord Of(RunRecord record)
    {
        var masked = new MaskedRecord();
        var copy = masked.Copy(record);
        return masked._hasSecrets ? copy : record;
    }

    public static TestRecord Of(TestRecord test)
    {
        var masked = new MaskedRecord();
        var copy = test with
        {
            Name = masked.Text(test.Name),
            Parameters = [.. test.Parameters.Select(masked.Given)],
            Settings = test.Settings.ToDictionary(setting => setting.Key, setting => masked.Setting(setting.Key, setting.Value)),
            Message = masked.Optional(test.Message),
            Trace = masked.Optional(test.Trace),
            Runs = [.. test.Runs.Select(masked.Copy)],
        };
        return masked._hasSecrets ? copy : test;
    }

    public static PlanRecord Of(PlanRecord plan) => new MaskedRecord().Planned(plan);

    private RunRecord Copy(RunRecord record) => record with
    {
        Parameters = record.Parameters.ToDictionary(parameter => parameter.Key, parameter => Setting(parameter.Key, parameter.Value)),
        Hypothesis = Text(record.Hypothesis),
        Reason = Optional(record.Reason),
        Script = record.Script is { } script ? Told(script) : null,
        Go = record.Go is { } go ? go with { By = Text(go.By), Role = Optional(go.Role), Text = Optional(go.Text) } : null,
        Step = record.Step is { } step ? step with { LeftOut = [.. step.LeftOut.Select(left => left with { Why = Text(left.Why) })] } : null,
        Plan = record.Plan is { } plan ? Planned(plan) : null,
        Unstruck = [.. record.Unstruck.Select(fault => fault with { Description = Text(fault.Description), Why = Text(fault.Why) })],
        Verdicts = [.. record.Verdicts.Select(Judged)],
        Findings = [.. record.Findings.Select(finding => finding with { Text = Text(finding.Text) })],
        Phases = [.. record.Phases.Select(phase => phase with { Detail = Optional(phase.Detail) })],
        Faults = [.. record.Faults.Select(fault => fault with { Description = Text(fault.Description) })],
        Timeline = [.. record.Timeline.Select(entry => entry with { Source = Text(entry.Source), Detail = Text(entry.Detail) })],
        Logs = [.. record.Logs.Select(excerpt => excerpt with { Lines = [.. excerpt.Lines.Select(line => line with { Text = Text(line.Text) })] })],
        Observations = [.. record.Observations.Select(Seen)],
    };

    private PlanRecord Planned(PlanRecord plan) => plan with
    {
        Hypothesis = Text(plan.Hypothesis),
        Schedule = Text(plan.Schedule),
        Parameters = plan.Parameters.ToDictionary(parameter => parameter.Key, parameter => Setting(parameter.Key, parameter.Value)),
        Faults = [.. plan.Faults.Select(fault => fault with { Description = Text(fault.Description), Undo = Optional(fault.Undo) })],
        SteadyState = [.. plan.SteadyState.Select(Text)],
        Observed = [.. plan.Observed.Select(Text)],
        Expected = [.. plan.Expected.Select(Text)],
        StopConditions = [.. plan.StopConditions.Select(Text)],
        Script = plan.Script is { } script ? Told(script) : null,
    };

    private DrillScript Told(DrillScript script) => script with
    {
        Scenario = Optional(script.Scenario),
        Expected = Optional(script.Expected),
        AbortWhen = Optional(script.AbortWhen),
        Participants = [.. script.Participants.Select(one => new Participant(Text(one.Role), Optional(one.Name)))],
        Steps = [.. script.Steps.Select(Text)],
    };

    private Verdict Judged(Verdict verdict) => verdict with
    {
        Actual = Text(verdict.Actual),
        MissedBy = Optional(verdict.MissedBy),
        Seen = [.. verdict.Seen.Select(Text)],
        Parts = [.. verdict.Parts.Select(Judged)],
    };

    private ObservationSeries Seen(ObservationSeries series) => series.Observations.Any(observation => observation.Detail is not null)
        ? series with { Observations = [.. series.Observations.Select(observation => observation.Detail is { } detail ? observation with { Detail = Text(detail) } : observation)] }
        : series;

    private TestParameter Given(TestParameter parameter) =>
        parameter.Text is { } text && Setting(parameter.Name, text) is var shown && shown != text ? parameter with { Value = shown } : parameter;

    private string Setting(string name, string value) => Noted(value, Secrets.Mask(name, value));

    private string? Optional(string? text) => text is null ? null : Text(text);

    // What others hand over may be null, whatever its type says.
    private string Text(string? text)
    {
        if (text is null)
        {
            return "";
        }

        if (!_known.TryGetValue(text, out var masked))
        {
            _known[text] = masked = Noted(text, Secrets.Mask(text));
        }

        return masked;
    }

    private string Noted(string text, string masked)
    {
        _hasSecrets |= text != masked;
        return masked;
    }
}
