using System.Reflection;
using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Tests.Wire;

/// <summary>Mistakes in requests, in AWS's words.</summary>
public sealed class WireValidationTests
{
    [Test]
    public void All_mistakes_are_found_at_once_with_the_names_of_their_members()
    {
        var mistakes = WireValidation.Mistakes(new CreateExperimentTemplateRequest
        {
            Description = new string('x', 513),
            RoleArn = "short",
            Actions = new() { ["a"] = new CreateExperimentTemplateActionInput() },
            ExperimentOptions = new CreateExperimentTemplateExperimentOptionsInput { AccountTargeting = "everywhere" },
        });

        Assert.That(mistakes, Is.EqualTo(new[]
        {
            $"Value '{new string('x', 513)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 512",
            "Value 'null' at 'stopConditions' failed to satisfy constraint: Member must not be null",
            "Value 'null' at 'actions.a.member.actionId' failed to satisfy constraint: Member must not be null",
            "Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
            "Value 'everywhere' at 'experimentOptions.accountTargeting' failed to satisfy constraint: Member must satisfy enum value set: [single-account, multi-account]",
        }));
        Assert.That(WireValidation.Message(mistakes), Does.StartWith("5 validation errors detected: "));
    }

    [TestCase("with space", "regular expression")]
    [TestCase("", "greater than or equal to 1")]
    public void Texts_have_to_fit_their_pattern_and_length(string token, string part) => Assert.That(
        WireValidation.Mistakes(new StartExperimentRequest { ClientToken = token, ExperimentTemplateId = "EXT1" }),
        Has.Some.Contains(part));

    [Test]
    public void A_token_may_be_left_out_and_numbers_have_limits()
    {
        Assert.That(WireValidation.Mistakes(new StartExperimentRequest { ExperimentTemplateId = "EXT1" }), Is.Empty);
        Assert.That(WireValidation.Mistakes(new ListExperimentsRequest { MaxResults = 0 }), Has.One.Contains("greater than or equal to 1"));
        Assert.That(WireValidation.Mistakes(new ListExperimentsRequest { MaxResults = 100 }), Is.Empty);
    }

    [Test]
    public void Every_pattern_of_every_service_can_be_used()
    {
        var patterns = typeof(IAmazonFIS).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Select(property => property.GetCustomAttribute<WireAttribute>()?.Pattern).OfType<string>().Distinct().ToList();

        Assert.That(patterns, Is.Not.Empty);
        foreach (var pattern in patterns)
        {
            Assert.That(() => WireValidation.Whole(pattern), Throws.Nothing, pattern);
        }

        Assert.That(WireValidation.Whole(@"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*").IsMatch("tea \ud83c\udf75"), Is.True, "characters beyond the basic plane");
    }
}
