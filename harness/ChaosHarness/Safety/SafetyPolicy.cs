using System.Text.RegularExpressions;

namespace ChaosHarness.Safety;

/// <summary>What may be broken. Checked before anything is started; a refusal names the rule.</summary>
public sealed partial record SafetyPolicy
{
    /// <summary>What <see cref="ProductionPermission"/> has to say, to the letter.</summary>
    public const string ProductionPermissionText = "I accept that this breaks production";

    /// <summary>The environments that may be broken. A system that does not say where it runs may never be.</summary>
    /// <value>Default: <c>local</c> alone.</value>
    public IReadOnlyList<string> AllowedEnvironments { get; init; } = ["local"];

    /// <summary>
    /// The words by which an environment is known as production: <c>eu-prod</c>, <c>prod2</c> and <c>euProd</c> have the word <c>prod</c>,
    /// <c>reproduction</c> has not.
    /// </summary>
    /// <value>Default: <c>production</c>, <c>prod</c>, <c>prd</c> and <c>live</c>.</value>
    public IReadOnlyList<string> ProductionWords { get; init; } = ["production", "prod", "prd", "live"];

    /// <summary>The sentence that permits to break an environment known as production, on top of its being allowed.</summary>
    /// <value>Default: null, production is not permitted.</value>
    public string? ProductionPermission { get; init; }

    /// <summary>The blast radius: the most components that one experiment may hit directly, whether as a weakness, by its schedule, or as a candidate of it.</summary>
    /// <value>Default: 5.</value>
    public int MaximumTargets { get; init; } = 5;

    /// <summary>The blast radius as a share of the system's components, 0 to 1; one may always be hit. Not applied to a system that lists none.</summary>
    /// <value>Default: 0.5.</value>
    public double MaximumTargetShare { get; init; } = 0.5;

    /// <summary>Where orders to halt are looked for: while one of these files exists no run begins, and running ones are halted and reverted.</summary>
    /// <value>Default: <see cref="HaltOrder.OfThisMachine"/>.</value>
    public IReadOnlyList<string> HaltFiles { get; init; } = [HaltOrder.OfThisMachine];

    /// <summary>Who may refuse a run at the moment at which it would begin, such as a calendar. All of them have to permit it.</summary>
    /// <value>Default: nobody.</value>
    /// <exception cref="ArgumentException">It is null, or one of them is.</exception>
    public IReadOnlyList<IRunPermit> Permits
    {
        get;
        init => field = value is not null && value.All(one => one is not null) ? value : throw new ArgumentException($"{nameof(Permits)} is null, or one of them is.", nameof(value));
    } = [];

    /// <summary>Whether an environment is production, by its name.</summary>
    /// <param name="environment">Its name.</param>
    /// <returns>True when it has one of the <see cref="ProductionWords"/>.</returns>
    public bool IsProduction(string environment) =>
        Words().Matches(environment).Any(word => ProductionWords.Contains(word.Value, StringComparer.OrdinalIgnoreCase));

    // Letters that belong together: euProd are two words, PROD is one, and digits and punctuation part them.
    [GeneratedRegex(@"\p{Lu}?[\p{L}-[\p{Lu}]]+|\p{Lu}+(?![\p{L}-[\p{Lu}]])")]
    private static partial Regex Words();
}
