//! `#[model]`: structs, enums of words, tagged unions.

use crate::fields::{Field, doc};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Data, DeriveInput, Fields, LitStr, Variant,
    parse::{Parse, ParseStream},
};

/// `tag` and `content` of a union.
#[derive(Default)]
pub(crate) struct Args {
    tag: Option<String>,
    content: Option<String>,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = Self::default();
        let parser = syn::meta::parser(|meta| {
            let text =
                |meta: syn::meta::ParseNestedMeta<'_>| Ok::<_, syn::Error>(meta.value()?.parse::<LitStr>()?.value());
            if meta.path.is_ident("tag") {
                args.tag = Some(text(meta)?);
            } else if meta.path.is_ident("content") {
                args.content = Some(text(meta)?);
            } else {
                return Err(meta.error("expected `tag` or `content`"));
            }
            Ok(())
        });
        syn::parse::Parser::parse2(parser, input.parse()?)?;
        Ok(args)
    }
}

pub(crate) fn expand(args: &Args, mut item: DeriveInput) -> syn::Result<TokenStream> {
    let (ident, text) = (item.ident.clone(), doc(&item.attrs));
    if text.is_empty() {
        return Err(syn::Error::new(ident.span(), "every model needs a doc comment"));
    }
    let name = ident.to_string();
    let (shape, derives) = match &mut item.data {
        Data::Struct(data) => {
            let Fields::Named(named) = &mut data.fields else {
                return Err(syn::Error::new(ident.span(), "expected named fields"));
            };
            let fields = named.named.iter_mut().map(Field::parse).collect::<syn::Result<Vec<_>>>()?;
            let data = fields.iter().map(|f| f.data(&quote!(Place::Body)));
            item.attrs.push(syn::parse_quote!(#[serde(default)]));
            (
                quote!(Shape::Struct { name: host_only(#name, ""), doc: host_only(#text, ""), fields: &[#(#data),*] }),
                quote!(Default,),
            )
        }
        Data::Enum(data) => match &args.tag {
            None => words(&name, &text, data.variants.iter_mut())?,
            Some(tag) => {
                item.attrs.push(match &args.content {
                    Some(content) => syn::parse_quote!(#[serde(tag = #tag, content = #content)]),
                    None => syn::parse_quote!(#[serde(tag = #tag)]),
                });
                (union(args, tag, &name, &text, data.variants.iter_mut())?, quote!())
            }
        },
        Data::Union(_) => return Err(syn::Error::new(ident.span(), "expected a struct or an enum")),
    };
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, #derives ::serde::Serialize, ::serde::Deserialize)]
        #item
        const _: () = {
            #[allow(unused_imports)]
            use ::agora_chat_admin::{operation::Place, shape::{host_only, Field, Limits, Model, Shape, Variant, Word}};
            impl Model for #ident { const SHAPE: Shape = #shape; }
        };
    })
}

fn words<'a>(
    name: &str,
    text: &str,
    variants: impl Iterator<Item = &'a mut Variant>,
) -> syn::Result<(TokenStream, TokenStream)> {
    let mut words = Vec::new();
    for (i, variant) in variants.enumerate() {
        let (wire, doc) = wire(variant)?;
        if i == 0 {
            variant.attrs.push(syn::parse_quote!(#[default]));
        }
        variant.attrs.push(syn::parse_quote!(#[serde(rename = #wire)]));
        words.push(quote!(Word { value: #wire, doc: host_only(#doc, "") }));
    }
    Ok((
        quote!(Shape::Enum { name: host_only(#name, ""), doc: host_only(#text, ""), words: &[#(#words),*] }),
        quote!(Copy, Eq, Default,),
    ))
}

fn union<'a>(
    args: &Args,
    tag: &str,
    name: &str,
    text: &str,
    variants: impl Iterator<Item = &'a mut Variant>,
) -> syn::Result<TokenStream> {
    let content = match &args.content {
        Some(c) => quote!(Some(#c)),
        None => quote!(None),
    };
    let mut list = Vec::new();
    for variant in variants {
        let (wire, doc) = wire(variant)?;
        variant.attrs.push(syn::parse_quote!(#[serde(rename = #wire)]));
        let Fields::Unnamed(inner) = &variant.fields else {
            return Err(syn::Error::new(variant.ident.span(), "expected a variant with one model"));
        };
        let ty = inner.unnamed.first().map(|f| &f.ty);
        list.push(quote!(Variant { value: #wire, doc: host_only(#doc, ""), shape: &<#ty as Model>::SHAPE }));
    }
    Ok(quote! {
        Shape::Union { name: host_only(#name, ""), doc: host_only(#text, ""), tag: #tag, content: #content, variants: &[#(#list),*] }
    })
}

/// A variant's wire value (`#[wire("txt")]`, else its name in lower case) and doc.
fn wire(variant: &mut Variant) -> syn::Result<(String, String)> {
    let mut value = variant.ident.to_string().to_lowercase();
    let mut kept = Vec::new();
    for attr in variant.attrs.drain(..) {
        if attr.path().is_ident("wire") {
            value = attr.parse_args::<LitStr>()?.value();
        } else {
            kept.push(attr);
        }
    }
    variant.attrs = kept;
    let text = doc(&variant.attrs);
    if text.is_empty() {
        return Err(syn::Error::new(variant.ident.span(), "every variant needs a doc comment"));
    }
    Ok((value, text))
}
