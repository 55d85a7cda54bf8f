#pragma warning disable CA1034, CA1812, CA1822 // Wrong on purpose, and never made.
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class StartupTests
{
    [Test]
    public void Every_fault_between_dtos_and_methods_is_told_at_once()
    {
        var exception = Assert.Throws<WireConfigurationException>(() => OperationFinder.Find([
            typeof(Orphan), typeof(WrongServices), typeof(Twice), typeof(OtherServices), typeof(Here.Same), typeof(There.SAME),
        ]))!;

        Assert.That(exception.Faults, Is.EquivalentTo(new[]
        {
            "Orphan has a route and no method that answers it.",
            "WrongServices.Post(Unrouted) answers Unrouted, which has no route.",
            "WrongServices.Get(String) must take one request DTO and, if it likes, a CancellationToken.",
            "WrongServices.Get(Twice, Int32) must take one request DTO and, if it likes, a CancellationToken.",
            "Twice is answered by more than one method: WrongServices.Post(Twice), OtherServices.Post(Twice).",
            "WrongServices.Get(MarkedPost) answers MarkedPost, which is marked as POST.",
            "MarkedPost's route marked must start with a slash.",
            "Promise promises Text, but OtherServices.Post(Promise) answers Int32.",
            "PushHost.Tests.Wire.StartupTests+Here+Same and PushHost.Tests.Wire.StartupTests+There+SAME share one name, and names are told apart without regard to case.",
            "POST of one path is answered by Same (/api/Same) and SAME (/api/SAME).",
            "POST of one path is answered by Same (/json/reply/Same) and SAME (/json/reply/SAME).",
            "GET of one path is answered by Clash (/paths/{Id}) and OtherClash (/PATHS/{Name}/).",
            "Clash's route /paths/{Id} names Id, which Clash doesn't have.",
        }));
        Assert.That(exception.Message, Does.Contain(exception.Faults[0]).And.Contain(exception.Faults[^1]));
    }

    [Test]
    public void Operations_that_do_not_fit_together_stop_the_start()
    {
        var exception = Assert.Throws<WireConfigurationException>(() => new ServiceCollection().AddWire(null, typeof(StartupTests).Assembly))!;

        Assert.That(exception.Message, Does.Contain($"{Environment.NewLine}  Orphan has a route and no method that answers it."));
    }

    [Test]
    public void One_table_says_what_each_operation_is()
    {
        var table = OperationFinder.Find([typeof(SampleServices)]);

        var guarded = table.All.Single(operation => operation.Name == "Guarded");
        Assert.That(guarded.Scopes, Is.EqualTo(new[] { "send", "admin" }));
        Assert.That(guarded.Verb, Is.EqualTo("POST"));
        Assert.That(guarded.Response, Is.EqualTo(typeof(Text)));
        Assert.That(table.All.Single(operation => operation.Name == "DeleteThing").Response, Is.Null);
        Assert.That(table.All.Single(operation => operation.Name == "Upload").TakesStream, Is.True);
        Assert.That(table.All.Single(operation => operation.Name == "Small").RequestLimit, Is.EqualTo(100));
        Assert.That(table.All.Single(operation => operation.Name == "PostStrict").RefusesUnknownMembers, Is.True);
    }

    [Route("/orphan")]
    public class Orphan;

    public class Unrouted;

    [Route("/twice", "POST")]
    public class Twice;

    [Route("marked", "GET")]
    public class MarkedPost : IPost;

    [Route("/promise", "POST")]
    public class Promise : IReturn<Text>;

    [Route("/paths/{Id}", "GET")]
    public class Clash;

    [Route("/PATHS/{Name}/", "GET")]
    public class OtherClash
    {
        public string? Name { get; set; }
    }

    public static class Here
    {
        [Route("/same/1", "POST")]
        public class Same;
    }

    public static class There
    {
        [Route("/same/2", "POST")]
        public class SAME;
    }

    public sealed class WrongServices : IService
    {
        public void Post(Unrouted request)
        {
        }

        public void Get(string request)
        {
        }

        public void Get(Twice request, int more)
        {
        }

        public void Post(Twice request)
        {
        }

        public void Get(MarkedPost request)
        {
        }

        public void Helper(int number)
        {
        }
    }

    public sealed class OtherServices : IService
    {
        public void Post(Twice request)
        {
        }

        public int Post(Promise request) => 1;

        public void Get(Clash request)
        {
        }

        public void Get(OtherClash request)
        {
        }

        public void Post(Here.Same request)
        {
        }

        public void Post(There.SAME request)
        {
        }
    }
}
