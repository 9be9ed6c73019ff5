using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Safety;

public sealed class GuardTests
{
    private static readonly SafetyPolicy Policy = new();

    [Test]
    public void A_local_system_may_be_broken() => Assert.That(WhyRefused(Shop(4), Hits(2), Policy), Is.Null);

    [TestCase(null)]
    [TestCase("")]
    public void A_system_that_does_not_say_where_it_runs_may_not_be_broken(string? environment)
    {
        var anywhere = Policy with { AllowedEnvironments = ["local", "", "staging"], ProductionPermission = SafetyPolicy.ProductionPermissionText };

        Assert.That(WhyRefused(Shop(4) with { Environment = environment }, Hits(1), anywhere), Does.StartWith("nobody says where 'shop' runs").And.Contain("Environment").And.Contain("Chaos.AllowedEnvironments"));
    }

    [Test]
    public void Nothing_is_said_of_where_a_system_runs_by_default() => Assert.That(new SystemUnderTest("shop").Environment, Is.Null);

    [Test]
    public void An_environment_has_to_be_allowed_and_the_refusal_says_how()
    {
        var staging = Shop(4) with { Environment = "staging" };

        Assert.That(WhyRefused(staging, Hits(1), Policy), Is.EqualTo("environment 'staging' is not among the allowed ones: local; Chaos.AllowedEnvironments allows others"));
        Assert.That(WhyRefused(staging, Hits(1), Policy with { AllowedEnvironments = ["local", "Staging"] }), Is.Null);
    }

    [TestCase("production")]
    [TestCase("PROD")]
    [TestCase("prd")]
    [TestCase("eu-prod")]
    [TestCase("prod2")]
    [TestCase("shop_prd_eu")]
    [TestCase("euProd")]
    [TestCase("EUProd")]
    [TestCase("live")]
    [TestCase("Live.EU")]
    [TestCase("eu/production")]
    public void Production_needs_the_spelled_out_sentence_on_top(string environment)
    {
        var production = Shop(4) with { Environment = environment };
        var policy = Policy with { AllowedEnvironments = [environment] };

        Assert.That(WhyRefused(production, Hits(1), policy), Is.EqualTo($"'{environment}' is production; to break it, set Chaos.ProductionPermission to '{SafetyPolicy.ProductionPermissionText}'"));
        Assert.That(WhyRefused(production, Hits(1), policy with { ProductionPermission = "yes" }), Is.Not.Null);
        Assert.That(WhyRefused(production, Hits(1), policy with { ProductionPermission = SafetyPolicy.ProductionPermissionText }), Is.Null);
        Assert.That(WhyRefused(production, Hits(1), Policy with { ProductionPermission = SafetyPolicy.ProductionPermissionText }), Does.Contain("not among the allowed"));
    }

    [TestCase("reproduction")]
    [TestCase("delivery")]
    [TestCase("products")]
    [TestCase("staging")]
    [TestCase("olive")]
    [TestCase("nonprod")]
    public void What_only_contains_such_a_word_is_not_production(string environment) =>
        Assert.That(WhyRefused(Shop(4) with { Environment = environment }, Hits(1), Policy with { AllowedEnvironments = [environment] }), Is.Null);

    [Test]
    public void A_policy_names_its_own_words_for_production()
    {
        var policy = Policy with { ProductionWords = ["echt"] };

        Assert.That(policy.IsProduction("echt-1"), Is.True);
        Assert.That(policy.IsProduction("prod"), Is.False);
    }

    [Test]
    public void The_blast_radius_is_bounded_in_number_and_the_refusal_names_what_is_hit_and_what_would_allow_it()
    {
        Assert.That(WhyRefused(Shop(100), Hits(5), Policy), Is.Null);
        Assert.That(WhyRefused(Shop(100), Hits(6), Policy), Is.EqualTo("the blast radius is 5 components, the faults may hit 6 components: c0, c1, c2, c3, c4, c5; Chaos.MaximumTargets allows more"));
        Assert.That(WhyRefused(Shop(100), Hits(6), Policy with { MaximumTargets = 6 }), Is.Null);
    }

    [Test]
    public void The_blast_radius_is_bounded_in_share()
    {
        Assert.That(WhyRefused(Shop(4), Hits(2), Policy), Is.Null);
        Assert.That(WhyRefused(Shop(4), Hits(3), Policy), Is.EqualTo("the blast radius is 50% of the system, the faults may hit 3 components: c0, c1, c2, of 4; Chaos.MaximumTargetShare allows more"));
        Assert.That(WhyRefused(Shop(4), Hits(3), Policy with { MaximumTargetShare = 0.75 }), Is.Null);
        Assert.That(WhyRefused(new SystemUnderTest("unknown") { Environment = "local" }, Hits(3), Policy), Is.Null, "a system that lists no components has no share");
    }

    [Test]
    public void Of_the_smallest_systems_one_component_may_be_hit()
    {
        Assert.That(WhyRefused(Shop(1), Hits(1), Policy), Is.Null);
        Assert.That(WhyRefused(Shop(2), Hits(1), Policy with { MaximumTargetShare = 0.1 }), Is.Null);
        Assert.That(WhyRefused(Shop(2), Hits(2), Policy), Does.Contain("2 components"));
        Assert.That(WhyRefused(Shop(3), Hits(2), Policy), Does.Contain("of 3"), "1.5 are not 2");
    }

    [Test]
    public void A_component_that_is_hit_twice_counts_once_and_one_fault_may_hit_several() =>
        Assert.That(WhyRefused(Shop(4), [new PlannedHit("a", ["c0", "c1"], null), new PlannedHit("b", ["c1", "c0"], null)], Policy), Is.Null);

    [Test]
    public void The_halt_file_stops_everything()
    {
        var file = Path.GetTempFileName();
        var policy = Policy with { HaltFiles = [file] };

        Assert.That(WhyRefused(Shop(4), Hits(1), policy), Is.EqualTo($"the halt file '{file}' exists; nothing runs while that file is there. To take it back: chaos halt --release, with --machine or --session NAME where the halt had it"));
        File.Delete(file);
        Assert.That(WhyRefused(Shop(4), Hits(1), policy), Is.Null);
    }

    [Test]
    public void One_fault_among_many_that_is_impossible_here_is_refused_with_its_reason() =>
        Assert.That(WhyRefused(Shop(8), [.. Hits(3), new PlannedHit("freeze", ["c1"], "no such signal here")], Policy), Is.EqualTo("no such signal here"));

    [Test]
    public void Of_several_reasons_the_one_to_deal_with_first_is_said()
    {
        var file = Path.GetTempFileName();
        var hits = (IReadOnlyList<PlannedHit>)[.. Hits(6), new PlannedHit("freeze", ["c1"], "no such signal here")];
        var elsewhere = Shop(100) with { Environment = "staging" };

        Assert.That(WhyRefused(elsewhere, hits, Policy with { HaltFiles = [file] }), Does.StartWith("the halt file"));
        File.Delete(file);
        Assert.That(WhyRefused(elsewhere, hits, Policy), Does.StartWith("environment 'staging'"));
        Assert.That(WhyRefused(Shop(100), hits, Policy), Does.StartWith("the blast radius"));
        Assert.That(WhyRefused(Shop(100), hits, Policy with { MaximumTargets = 6 }), Is.EqualTo("no such signal here"));
    }

    private static string? WhyRefused(SystemUnderTest system, IReadOnlyList<PlannedHit> hits, SafetyPolicy policy) => Guard.WhyRefused(system, hits, policy);

    private static SystemUnderTest Shop(int components) =>
        new("shop") { Environment = "local", Components = [.. Enumerable.Range(0, components).Select(i => new Component("c" + i, ComponentKind.Service))] };

    private static IReadOnlyList<PlannedHit> Hits(int targets) => [.. Enumerable.Range(0, targets).Select(i => new PlannedHit("break c" + i, ["c" + i], null))];
}
