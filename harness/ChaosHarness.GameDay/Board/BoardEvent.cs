using System.Text.Json.Serialization;

namespace ChaosHarness.GameDay.Board;

/// <summary>Something that a board shows. All that viewers ever see is a list of these, so that everyone sees the same. Times are in seconds since the start of the run.</summary>
/// <param name="Kind">What kind of thing; each uses some of the members.</param>
/// <param name="At">When.</param>
internal sealed record BoardEvent(BoardEventKind Kind, double At)
{
    /// <summary>Who or what: a step, a fault, a signal, a probe, a stop condition, a person.</summary>
    public string? Name { get; init; }

    /// <summary>In words.</summary>
    public string? Text { get; init; }

    /// <summary>How it stands: of a step, a fault, a signal.</summary>
    public string? State { get; init; }

    /// <summary>When it ends or ended: a fault, a go that is waited for.</summary>
    public double? Until { get; init; }

    /// <summary>Good answers of a second; the least that a recovery took.</summary>
    public double? Good { get; init; }

    /// <summary>Bad answers of a second; the most that a recovery took.</summary>
    public double? Bad { get; init; }

    /// <summary>Median latency of the good ones in milliseconds.</summary>
    public double? Median { get; init; }

    /// <summary>Their 99th percentile in milliseconds; how much of a stop condition is used up, 0 to 1.</summary>
    public double? Most { get; init; }

    /// <summary>The text of the plan that a go is waited for with; its hash is the name.</summary>
    public string? Plan { get; init; }

    /// <summary>What is known of the run when it begins.</summary>
    public BoardRun? Run { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BoardEvent))]
[JsonSerializable(typeof(BoardBeat))]
[JsonSerializable(typeof(BoardRequest))]
[JsonSerializable(typeof(BoardAnswer))]
internal sealed partial class BoardJson : JsonSerializerContext;
