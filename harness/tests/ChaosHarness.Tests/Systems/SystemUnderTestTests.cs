using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Systems;

public sealed class SystemUnderTestTests
{
    private static readonly SystemUnderTest Shop = new("shop") { Components = [new Component("api", ComponentKind.Service, "a"), new Component("db", ComponentKind.Database)] };

    [Test]
    public void A_component_is_found_by_its_name() => Assert.That(Shop.Component("api").Zone, Is.EqualTo("a"));

    [Test]
    public void A_component_that_is_not_there_is_told_with_those_that_are() =>
        Assert.That(() => Shop.Component("apis"), Throws.ArgumentException.With.Message.StartsWith("shop has no component 'apis'. It has: 'api', 'db'."));
}
